import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionsOfRole, routes } from '@wirebook/api';
import type { Ledger } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { lockDataFolder, openLedger } from '@wirebook/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProgram } from '../cli/program.ts';
import type { HandlerRequest } from '../http/route-handlers.ts';
import { createPoisonSide, type PoisonSide } from './poison-side.ts';

let folder: string;
let ledger: Ledger;
let side: PoisonSide;
let decided: unknown[];
let audited: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-poison-'));
  const path = join(folder, 'ledger.db');
  ledger = openLedger({ path, clock: { now: () => 0 } });
  decided = [];
  audited = [];
  side = createPoisonSide({
    engine: {
      decidePoison: async (decision) => {
        if (decision.text === 'refuse') throw new WirebookError('ENGINE_POISON_REFUSED', 'no');
        decided.push(decision);
      },
    },
    path,
    audit: { add: (line) => audited.push(line) },
  });
});

afterEach(() => {
  side.close();
  ledger.close();
  rmSync(folder, { recursive: true });
});

const body = Buffer.from([0x7b, 0xff, 0x1b, 0x5b, 0x32, 0x4a]);

function poison(messageId: string): void {
  const key = { brokerHost: 'b', destination: 'actions.201.fn_main', messageId };
  const [entry] = ledger.receive([{ key, runId: `run-${messageId}`, receivedAtMs: 1 }]);
  const headers = { 'reply-to': '/queue/acks', 'correlation-id': 'c', Co3ContextToken: 'hush' };
  ledger.write([
    { type: 'reply-not-needed', entryId: entry?.id ?? 0 },
    { type: 'run-done', entryId: entry?.id ?? 0 },
    {
      type: 'poisoned',
      entryId: entry?.id ?? 0,
      key,
      raw: { headers, body },
      code: 'ENGINE_MESSAGE_UNREADABLE',
      reason: 'not\u001b[2J JSON',
      atMs: 5,
      savedReply: null,
    },
    { type: 'settled', entryId: entry?.id ?? 0, atMs: 6 },
  ]);
}

/** A request as the router hands it on. */
const ask = (given: object) => ({ params: {}, query: {}, body: {}, user: { name: 'Ada' }, ...given }) as unknown as HandlerRequest<never>;

test('[N1] the tray is listed newest first, by pages, with what may be done', async () => {
  for (const name of ['a', 'b', 'c']) poison(name);
  const page = await side.handlers.listPoison(ask({ query: { limit: '2' } }));
  expect(page).toMatchObject({ total: 3, dropped: 0, next: '2' });
  expect(page.messages.map(({ messageId, runId, sizeBytes }) => [messageId, runId, sizeBytes])).toEqual([
    ['c', 'run-c', 6],
    ['b', 'run-b', 6],
  ]);
  expect(page.messages[0]).toMatchObject({
    hint: expect.stringContaining('raw bytes'),
    answer: { isPossible: true },
    runAgain: { isPossible: true },
  });
  expect(await side.handlers.listPoison(ask({ query: { before: '2' } }))).toMatchObject({ messages: [{ messageId: 'a' }], next: null });
  expect(() => side.handlers.listPoison(ask({ query: { limit: '0' } }))).toThrow(/expected a whole number from 1 to 200/);
});

test('[N1] [N2] one message is shown with masked tokens, and its bytes are a file', async () => {
  poison('a');
  const detail = await side.handlers.getPoison(ask({ params: { poisonId: '1' } }));
  expect(detail.headers).toEqual({ 'reply-to': '/queue/acks', 'correlation-id': 'c', Co3ContextToken: '***' });
  expect(Buffer.from(detail.bodyBase64, 'base64').equals(body)).toBe(true);
  const file = await side.handlers.getPoisonBody(ask({ params: { poisonId: '1' } }));
  expect([file.fileName, Buffer.from(file.bytes).equals(body)]).toEqual(['message-1.bin', true]);
  for (const poisonId of ['2', 'x']) expect(() => side.handlers.getPoison(ask({ params: { poisonId } }))).toThrow();
});

test('[N3] a decision is a command to the engine process, and on record when it was carried out', async () => {
  poison('a');
  await side.handlers.answerPoison(ask({ params: { poisonId: '1' }, body: { text: 'sorry' } }));
  await side.handlers.runPoisonAgain(ask({ params: { poisonId: '1' } }));
  await side.handlers.dropPoison(ask({ params: { poisonId: '1' } }));
  expect(decided).toEqual([
    { action: 'answer', poisonId: 1, text: 'sorry' },
    { action: 'run-again', poisonId: 1, text: null },
    { action: 'drop', poisonId: 1, text: null },
  ]);
  const refused = side.handlers.answerPoison(ask({ params: { poisonId: '1' }, body: { text: 'refuse' } }));
  await expect(Promise.resolve(refused)).rejects.toMatchObject({ code: 'ENGINE_POISON_REFUSED' });
  expect(audited).toHaveLength(3);
  expect(audited[0]).toEqual({ userName: 'Ada', action: 'poison-answer', subject: 'a (ENGINE_MESSAGE_UNREADABLE)' });
});

test('[N3] a viewer reads the tray and decides nothing', () => {
  expect(permissionsOfRole.viewer).toContain(routes.listPoison.permission);
  for (const name of ['dropPoison', 'answerPoison', 'runPoisonAgain'] as const) {
    expect(permissionsOfRole.viewer).not.toContain(routes[name].permission);
    expect(permissionsOfRole.editor).toContain(routes[name].permission);
  }
});

async function wirebook(...args: string[]) {
  const lines: string[] = [];
  const program = createProgram({
    environment: { variables: {}, workingDir: folder, homeDir: folder },
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  const exitCode = await program.run(['poison', ...args, '--data', folder]);
  return { exitCode, text: lines.join('\n') };
}

test('[S8] the command line lists and shows beside the writer, without letting a message steer the terminal', async () => {
  poison('a');
  const { exitCode, text } = await wirebook('list');
  expect([exitCode, text]).toEqual([
    0,
    '1\t1970-01-01T00:00:00.005Z\tactions.201.fn_main\t6 bytes\tENGINE_MESSAGE_UNREADABLE\tnot\uFFFD[2J JSON',
  ]);
  const shown = await wirebook('show', '1');
  expect(shown.text).toContain('Co3ContextToken: ***');
  expect(shown.text).not.toContain('\u001b');
  expect(JSON.parse((await wirebook('list', '--json')).text)).toMatchObject({ messages: [{ id: 1 }], dropped: 0 });
});

test('[S8] it drops and runs again where no engine has the folder, and is refused with the way out where one has', async () => {
  poison('a');
  poison('b');
  expect((await wirebook('drop', '1')).text).toBe('Dropped message 1.');
  expect((await wirebook('run-again', '2')).text).toContain('runs again when the engine starts');
  expect(ledger.count()).toMatchObject({ poison: 0, open: 1, takenOver: 1 });
  await expect(wirebook('drop', '1')).rejects.toMatchObject({ code: 'ENGINE_POISON_UNKNOWN' });
  await expect(wirebook('answer', '1')).rejects.toMatchObject({ code: 'ENGINE_POISON_UNKNOWN' });
  const lock = lockDataFolder(folder);
  await expect(wirebook('drop', '2')).rejects.toMatchObject({
    code: 'ENGINE_DATA_FOLDER_LOCKED',
    message: expect.stringContaining('page "Poison tray" of its editor'),
  });
  await lock.close();
});
