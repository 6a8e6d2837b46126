import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfigAt } from '../read-config-at.ts';
import { createProgram } from './program.ts';
import { createSecretPrompt } from './secret-prompt.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-keyring-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const variables = { WIREBOOK_KEYSTORE: 'vault', WIREBOOK_VAULT_KEY: 'a long passphrase' };

async function run(args: readonly string[], typed: readonly string[] = [], environment: Readonly<Record<string, string>> = variables) {
  const printed: string[] = [];
  const complained: string[] = [];
  const questions: string[] = [];
  const lines = [...typed];
  const program = createProgram({
    environment: { variables: environment, workingDir: folder, homeDir: folder },
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    askSecret: async (question) => {
      questions.push(question);
      return lines.shift() ?? null;
    },
    signal: new AbortController().signal,
  });
  const exitCode = await program.run(['keyring', ...args]).catch((thrown: unknown) => thrown);
  return { exitCode, printed, complained, questions };
}

function writeConfig(text: string): void {
  writeFileSync(join(folder, 'app.config'), text);
}

const config = `[resilient]
host = h.example
api_key_id = k
api_key_secret = ^soar-secret
[fn_app]
url = https://^{user}:^{user}@h
`;

test('[C9] each value that is missing is asked for once, stored, and read from then on', async () => {
  writeConfig(config);
  const first = await run([], ['s3cret', 'jo']);
  expect(first).toMatchObject({ exitCode: 0, complained: [] });
  expect(first.questions).toEqual(['[resilient] api_key_secret (^soar-secret)', '[fn_app] url (^user)']);
  expect(first.printed[0]).toMatch(/^Stored \^soar-secret of service "_" in the vault .*vault\.json\.$/);
  const read = await readConfigAt(undefined, { variables, homeDir: folder, workingDir: folder });
  expect(read.connection.login.kind === 'api-key' && read.connection.login.secret.reveal()).toBe('s3cret');
  const second = await run([]);
  expect(second).toMatchObject({ exitCode: 0, questions: [] });
  expect(second.printed.join()).not.toMatch(/s3cret|jo/);
});

test('[C9] --all asks for stored ones too, and an empty line leaves one as it is', async () => {
  writeConfig(config);
  await run([], ['one', 'jo']);
  expect(await run(['--all'], ['two', ''])).toMatchObject({ exitCode: 0, printed: [expect.stringContaining('Stored ^soar-secret')] });
  const { sections, connection } = await readConfigAt(undefined, { variables, homeDir: folder, workingDir: folder });
  expect(connection.login.kind === 'api-key' && connection.login.secret.reveal()).toBe('two');
  expect(JSON.stringify(sections.fn_app)).toContain('[secret]');
});

test('[C9] what nobody types stays missing, and the exit code says so', async () => {
  writeConfig(config);
  expect(await run([], ['only one'])).toMatchObject({ exitCode: 1, complained: ['1 value is still missing.'] });
  const listed = await run(['list']);
  expect(listed).toMatchObject({
    exitCode: 1,
    printed: ['[resilient] api_key_secret\t^soar-secret\tstored', '[fn_app] url\t^user\tmissing'],
  });
});

test('[C9] a list for scripts shows every reference and no value', async () => {
  writeConfig(config);
  await run([], ['s3cret', 'jo']);
  const { exitCode, printed } = await run(['list', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(printed.join(''))[0]).toEqual({
    section: 'resilient',
    option: 'api_key_secret',
    service: '_',
    account: 'soar-secret',
    isStored: true,
  });
  expect(printed.join('')).not.toContain('s3cret');
});

test('[C9] a file without references says so', async () => {
  writeConfig('[resilient]\nhost = h\n');
  expect(await run([])).toMatchObject({ exitCode: 0, printed: [expect.stringContaining('refers to no keystore')] });
});

test('[C10] one value is set and removed by section and name', async () => {
  writeConfig(config);
  expect(await run(['set', 'resilient', 'soar-secret'], ['x'])).toMatchObject({ exitCode: 0 });
  expect(await run(['set', 'fn_app', 'user'], [''])).toMatchObject({
    exitCode: 1,
    complained: ['Nothing was typed, and nothing is stored.'],
  });
  expect((await run(['list'])).printed[0]).toMatch(/stored$/);
  expect(await run(['remove', 'resilient', 'soar-secret'])).toMatchObject({
    exitCode: 0,
    printed: [expect.stringContaining('from the vault')],
  });
  expect(await run(['remove', 'resilient', 'soar-secret'])).toMatchObject({ exitCode: 1 });
  expect((await run(['list'])).printed[0]).toMatch(/missing$/);
});

test('[C10] where there is neither keystore nor passphrase the way to one is told', async () => {
  writeConfig(config);
  const { exitCode } = await run(['set', 'resilient', 'x'], ['y'], { WIREBOOK_KEYSTORE: 'vault' });
  expect(exitCode).toMatchObject({ code: 'CONFIG_KEYSTORE_UNAVAILABLE', message: expect.stringContaining('set WIREBOOK_VAULT_KEY') });
});

test('[C11] values come line by line from a pipe, without a question', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ask = createSecretPrompt({ input, output, signal: new AbortController().signal });
  input.end('first\nsecond\n');
  expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['first', 'second', null]);
  expect(output.read()).toBeNull();
});

test('[C11] at a terminal the question is shown and the answer is not', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = new PassThrough();
  const ask = createSecretPrompt({ input, output, signal: new AbortController().signal });
  const answer = ask('Password');
  input.write('hunter2\r');
  expect(await answer).toBe('hunter2');
  expect(String(output.read())).toBe('Password: \n');
});
