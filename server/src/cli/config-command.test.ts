import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfigAt } from '../read-config-at.ts';
import { createProgram } from './program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const printed: string[] = [];
  const complained: string[] = [];
  const program = createProgram({
    environment: { variables: {}, workingDir: folder, homeDir: folder },
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    signal: new AbortController().signal,
  });
  const result = await program.run(args).catch((thrown: unknown) => thrown);
  return { result, printed, complained };
}

test('[B25] config -c writes a file that only its owner reads and that Wirebook reads once the login is there', async () => {
  const { result, printed } = await run('config', '-c');
  const path = join(folder, '.resilient', 'app.config');
  expect([result, printed.join()]).toEqual([0, expect.stringContaining(path)]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileSync(path, readFileSync(path, 'utf8').replace('^soar-api-key-secret', '$SECRET'));
  const environment = { variables: { SOAR_API_KEY_ID: 'id', SECRET: 's' }, workingDir: folder, homeDir: folder };
  const { connection, warnings } = await readConfigAt(undefined, environment);
  expect([connection.host, warnings]).toEqual(['soar.example.com', []]);
});

test('[B25] config -c leaves a file that is there as it is and says what to do', async () => {
  writeFileSync(join(folder, 'mine'), 'kept');
  const { result } = await run('config', '-c', 'mine');
  expect(result).toMatchObject({ code: 'CONFIG_FILE_INVALID', message: expect.stringContaining('config -u') });
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('kept');
});

test('[B25] config -u adds the sections that are missing behind what is there', async () => {
  const path = join(folder, 'app.config');
  const before = '[resilient]\nhost = h # my own\n[fn_app]\na = 1';
  writeFileSync(path, before);
  expect((await run('config', '-u', 'app.config')).printed).toEqual([`Added [wirebook], [secrets] to ${path}.`]);
  const after = readFileSync(path, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect((await run('config', '-u', 'app.config')).printed).toEqual([`${path} has every section already.`]);
  expect(readFileSync(path, 'utf8')).toBe(after);
  expect((await run('config', '-u', 'none')).result).toMatchObject({ code: 'CONFIG_FILE_MISSING' });
});

test('[B25] config without -c or -u, or with both, is a wrong command line', async () => {
  expect((await run('config')).result).toBe(2);
  expect((await run('config', '-c', '-u')).result).toBe(2);
});

test('[B26] the bash completion gives commands, commands below them and flags', async () => {
  const { printed } = await run('completion', 'bash');
  const complete = (...words: string[]) => {
    const script = `${printed.join('\n')}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _wirebook_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder }).trim().split('\n');
  };
  expect(complete('wirebook', 'do')).toEqual(['doctor']);
  expect(complete('wirebook', 'keyring', 's')).toEqual(['set']);
  expect(complete('wirebook', 'run', '--rel')).toEqual(['--reload']);
  expect(complete('wirebook', 'run', '--num')).toEqual(['']);
});

test('[B26] the zsh completion begins as zsh asks', async () => {
  expect((await run('completion', 'zsh')).printed.join('\n')).toMatch(/^#compdef wirebook\n.*bashcompinit/);
});
