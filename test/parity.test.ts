import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isTestFile, readText, repositoryFiles } from './repository-files.ts';
import { findAllRuleUses } from './rule-uses.ts';

/** Sections of the guides from the chapter about configuration on; beside them stands what the files say, where they are there. */
const guides = {
  Functions: {
    file: '000_2da543c466b33d02.txt',
    heading: /^#+ ([4-6](?:\.\d+)+)\. \S/gm,
    sections:
      '4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.7.1 4.7.2 4.7.3 4.8 4.8.1 4.8.2 5.1 5.1.1 5.1.2 5.2 5.3 5.4 5.5 6.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9',
  },
  Actions: {
    file: '001_2884dd6d5fada6f2.txt',
    heading: /^([4-7](?:\.\d+)+)\. \S/gm,
    sections:
      '4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.7.1 4.7.2 4.7.3 4.8 4.8.1 4.8.2 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.9 5.10 5.10.1 5.10.2 5.10.3 5.10.4 5.11 6.1 6.2 6.3 6.4 6.5 6.6 6.7 6.8 6.9 6.10 6.11 6.12 6.13 6.14 6.15 6.16 7.1 7.2 7.3 7.3.1 7.3.2 7.3.3',
  },
} as const;

const decorators = [
  'handler',
  'function',
  'app_function',
  'inbound_app',
  'low_code_function',
  'required_field',
  'required_action_field',
  'defer',
  'debounce',
];
const commands = [
  'run',
  'run -r',
  'list',
  'config',
  'customize',
  'selftest',
  'service',
  'res-action-test',
  'res-keyring',
  'gadget',
  'finfo',
];

interface Row {
  readonly key: string;
  readonly served: string;
  readonly proofs: string;
}

const rows: readonly Row[] = readText('docs/parity.md')
  .split('\n')
  .filter((line) => /^\| (?!---)/.test(line) && !line.includes('| Shown by |'))
  .map((line) => {
    const [key = '', served = '', proofs = ''] = line.slice(2, -1).split(' | ');
    return { key, served, proofs: proofs.trim() };
  });

test('every section of the guides has one row', () => {
  for (const [guide, { sections }] of Object.entries(guides)) {
    const keys = rows.flatMap(({ key }) => (key.startsWith(`${guide} `) ? [key.slice(guide.length + 1)] : []));
    expect([guide, keys]).toEqual([guide, sections.split(' ')]);
  }
});

for (const [guide, { file, heading, sections }] of Object.entries(guides)) {
  const path = new URL(`../../shared/guides/${file}`, import.meta.url);
  test.skipIf(!existsSync(path))(`the sections of ${guide} are those of the guide`, () => {
    const found = new Set([...readFileSync(path, 'utf8').matchAll(heading)].map(([, number = '']) => number));
    expect([...found]).toEqual(sections.split(' '));
  });
}

test('every option that is known, every decorator and every command has one row', () => {
  const served = readText('packages/package-kit/src/connection-config.ts').match(/servedConnectionOptions[^[]+\[([^\]]+)\]/)?.[1] ?? '';
  const unserved = readText('packages/package-kit/src/unserved-options.ts');
  const options = [
    ...[...served.matchAll(/'([a-z_]+)'/g)].map(([, name]) => name),
    ...['proxy_host', 'proxy_port', 'proxy_user', 'proxy_password'],
    ...[...unserved.matchAll(/^ {2}([a-z_]+):/gm)].map(([, name]) => name),
  ];
  expect(options.length).toBeGreaterThan(50);
  const wanted = [...options, ...decorators.map((name) => `@${name}`), ...commands];
  const counts = wanted.map((name) => [name, rows.filter(({ key }) => key === `\`${name}\``).length]);
  expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
});

test('nothing is missing without a reason', () => {
  expect(rows.filter(({ served, proofs }) => proofs === '' && !/^Not (?:yet|needed): \S/.test(served)).map(({ key }) => key)).toEqual([]);
});

test('every rule and every title that a row names is that of a test', () => {
  const rules = new Set(findAllRuleUses().map(({ owner, id }) => `${owner} ${id}`));
  const tests = repositoryFiles.filter(isTestFile).map(readText).join('\n');
  const unknown = rows.flatMap(({ key, proofs }) => {
    const named = [...proofs.matchAll(/\[([a-z][a-z-]* [A-Z]+\d+[a-z]?)\]/g)].map(([, rule = '']) => rule);
    const titles = [...proofs.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title);
    const rest = proofs.replaceAll(/\[[^\]]+\]|"[^"]+"|\s/g, '');
    return [
      ...named.filter((rule) => !rules.has(rule)),
      ...titles.filter((title) => !tests.includes(title)),
      ...(rest === '' ? [] : [`what does "${rest}" mean?`]),
    ].map((fault) => `${key}: ${fault}`);
  });
  expect(unknown).toEqual([]);
});
