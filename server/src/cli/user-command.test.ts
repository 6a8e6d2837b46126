import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAppStore } from '@wirebook/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProgram } from './program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-user-'));
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
  const exitCode = await program.run(['user', ...args]);
  return { exitCode, text: printed.join('\n'), complaints: complained.join('\n') };
}

function openStore() {
  return openAppStore({ path: join(folder, '.wirebook', 'app.db'), clock: { now: () => 0 } });
}

test('[S1] people are added with a role and a link, listed, and removed, without a server', async () => {
  const added = await run('add', 'Ada', '--role', 'owner');
  expect(added.exitCode).toBe(0);
  expect(added.text).toMatch(/^Added Ada as owner\.\nSign-in link.*: http:\/\/127\.0\.0\.1:8420\/sign-in#token=[\w-]{43}$/);
  await run('add', 'Bo');
  expect((await run('list')).text).toBe('Ada\towner\tno password\nBo\teditor\tno password');
  expect((await run('remove', 'bo')).text).toContain('Removed Bo');
  expect((await run('list')).text).toBe('Ada\towner\tno password');
});

test('[S1] what cannot be is refused with a code and changes nothing', async () => {
  await run('add', 'Ada', '--role', 'owner');
  await expect(run('add', 'ADA')).rejects.toMatchObject({ code: 'SERVER_USER_EXISTS' });
  await expect(run('add', ' ')).rejects.toMatchObject({ code: 'SERVER_REQUEST_INVALID' });
  await expect(run('link', 'Nobody')).rejects.toMatchObject({ code: 'SERVER_USER_UNKNOWN' });
  await expect(run('remove', 'Ada')).rejects.toMatchObject({ code: 'SERVER_LAST_OWNER' });
  const wrongRole = await run('add', 'Cy', '--role', 'king');
  expect([wrongRole.exitCode, wrongRole.complaints]).toEqual([2, expect.stringContaining('owner, editor, viewer')]);
  expect((await run('list')).text).toBe('Ada\towner\tno password');
});

test('[S2] a link leads to the address that the server had last, and voids the one before', async () => {
  const first = await run('add', 'Ada', '--role', 'owner');
  const store = openStore();
  store.setFact('address', 'http://127.0.0.1:9999');
  const second = await run('link', 'Ada');
  expect(second.text).toContain('http://127.0.0.1:9999/sign-in#token=');
  const tokenOf = (text: string) => text.split('#token=')[1] ?? '';
  expect(store.links.take(tokenOf(first.text))).toBeUndefined();
  expect(store.links.take(tokenOf(second.text))).toBe(store.users.findByName('Ada')?.id);
  store.close();
});
