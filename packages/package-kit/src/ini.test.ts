import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseIni } from './ini.ts';

interface IniCase {
  readonly name: string;
  readonly text: string;
  /** What Python's configparser made of it: options of each section in order, or the kind of error and its line. */
  readonly sections?: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly error?: 'duplicate' | 'invalid';
  readonly line?: number;
}

const cases: readonly IniCase[] = JSON.parse(readFileSync(new URL('./ini-cases.json', import.meta.url), 'utf8'));

test.each(cases.filter(({ sections }) => sections !== undefined))('[G2] as Python reads it: $name', ({ text, sections }) => {
  const read = parseIni(text, 'app.config').map(({ name, options }) => [name, options.map((option) => [option.name, option.value])]);
  expect(read).toEqual(sections);
});

test.each(cases.filter(({ error }) => error !== undefined))(
  '[G2] as Python refuses it, on the same line: $name',
  ({ text, error, line }) => {
    const message = error === 'duplicate' ? expect.stringMatching(/is there twice, first on line \d+/) : expect.any(String);
    expect(() => parseIni(text, 'app.config')).toThrow(
      expect.objectContaining({ code: 'CONFIG_FILE_INVALID', message, details: { path: 'app.config', line } }),
    );
  },
);

test('[G2] each option knows its line', () => {
  expect(parseIni('[a]\n\nx = 1\n  2\ny = 3\n', 'f')[0]?.options.map(({ name, line }) => [name, line])).toEqual([
    ['x', 3],
    ['y', 5],
  ]);
});

test('[G3] a double section and a double option are refused with both lines', () => {
  expect(() => parseIni('[a]\nx = 1\n\nX = 2\n', '/etc/app.config')).toThrow(
    '/etc/app.config, line 4: option "x" is there twice, first on line 2; keep one of the two',
  );
  expect(() => parseIni('[a]\n[b]\n[a]\n', 'f')).toThrow('f, line 3: section [a] is there twice, first on line 1');
});

test('[G3] a double cafile says how it came about', () => {
  expect(() => parseIni('[resilient]\ncafile=~/ca.pem\ncafile=~/other.pem\n', 'f')).toThrow(/line 3.*first on line 2.*older guides show/);
});

test('[G4] an error shows nothing of the line', () => {
  for (const text of ['hunter2\n', '[a]\nhunter2\n', '[a]\n= hunter2\n', '[a]\np = 1\np = hunter2\n']) {
    expect(() => parseIni(text, 'f')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
  }
});
