import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PoisonSummary } from '@wirebook/api';
import { createPoisonDesk, createSystemClock, createSystemRandom, findPoisonChoices, type PoisonDeskOptions } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { BrokerConnection, Clock } from '@wirebook/node-kit';
import { createBrokerConnection } from '@wirebook/soar-client';
import { type DataFolderLock, lockDataFolder, openLedger, openPoisonReader, type PoisonReader } from '@wirebook/store';
import { createRedactor } from '@wirebook/trace';
import { toHostOptions } from '../engine-host/host-options.ts';
import { toPoisonDetail, toPoisonSummary } from '../poison/poison-view.ts';
import { readConfigAt } from '../read-config-at.ts';
import { findAppStore } from './app-files.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import { findLedgerFolder } from './find-ledger-folder.ts';
import { toOneLine, toPrintable } from './terminal-text.ts';

export type PoisonCommand =
  | { readonly do: 'list' }
  | { readonly do: 'show'; readonly id: number }
  | { readonly do: 'drop' | 'run-again'; readonly id: number }
  | { readonly do: 'answer'; readonly id: number; readonly text: string | undefined; readonly config: string | undefined };

export interface PoisonCommandOptions {
  readonly dataDir: string;
  readonly json: boolean;
}

const pageLimit = 200;

/**
 * `wirebook poison …`: reads the tray beside an engine that runs, and changes it where none does.
 *
 * @throws ENGINE_POISON_UNKNOWN, ENGINE_POISON_REFUSED, ENGINE_DATA_FOLDER_LOCKED while an engine or a server has the folder.
 */
export async function runPoisonCommand(command: PoisonCommand, options: PoisonCommandOptions, io: CommandIo): Promise<number> {
  const given = resolve(io.environment.workingDir, options.dataDir);
  const folder = findLedgerFolder(given);
  const tray = openPoisonReader({ path: join(folder, 'ledger.db') });
  if (tray === undefined) throw new WirebookError('STORE_FAILED', `${given} holds no ledger of this version; start an engine on it once`);
  try {
    if (command.do === 'list') list(tray, options, io);
    else if (command.do === 'show') show(command.id, { tray, options, io });
    else await change(command, { tray, folder, given, io });
    return exitCodes.ok;
  } finally {
    tray.close();
  }
}

function list(tray: PoisonReader, options: PoisonCommandOptions, io: CommandIo): void {
  const messages: PoisonSummary[] = [];
  let beforeId: number | undefined;
  for (;;) {
    const page = tray.list({ limit: pageLimit, beforeId });
    messages.push(...page.map(toPoisonSummary));
    beforeId = page.at(-1)?.id;
    if (page.length < pageLimit) break;
  }
  const { dropped } = tray.counts();
  if (options.json) {
    io.print(JSON.stringify({ messages, dropped }));
    return;
  }
  for (const { id, atMs, destination, sizeBytes, code, reason } of messages)
    io.print([id, new Date(atMs).toISOString(), destination, `${sizeBytes} bytes`, code, toOneLine(reason)].join('\t'));
  if (messages.length === 0) io.print('The poison tray is empty.');
  if (dropped > 0) io.complain(`${dropped} older messages went because the tray was full.`);
}

function show(
  id: number,
  { tray, options, io }: { readonly tray: PoisonReader; readonly options: PoisonCommandOptions; readonly io: CommandIo },
): void {
  const found = tray.find(id);
  if (found === null) throw new WirebookError('ENGINE_POISON_UNKNOWN', `there is no message ${id} in the poison tray`);
  const detail = toPoisonDetail(found);
  if (options.json) {
    io.print(JSON.stringify({ ...detail, bodyBase64: Buffer.from(found.message.raw.body).toString('base64'), isBodyCut: false }));
    return;
  }
  io.print(`message ${id} on ${detail.destination}, ${new Date(detail.atMs).toISOString()}, run ${detail.runId ?? 'unknown'}`);
  io.print(`  ${toOneLine(detail.reason)} [${detail.code}]`);
  io.print(`  ${detail.hint}`);
  io.print(`  answer: ${detail.answer.isPossible ? 'possible. ' : 'not possible. '}${detail.answer.text}`);
  io.print(`  run-again: ${detail.runAgain.isPossible ? 'possible. ' : 'not possible. '}${detail.runAgain.text}`);
  for (const [name, value] of Object.entries(detail.headers)) io.print(`  ${name}: ${toOneLine(value)}`);
  io.print(toPrintable(Buffer.from(detail.bodyBase64, 'base64').toString('utf8')));
  if (detail.isBodyCut) io.complain('The body goes on; --json prints all of it in base64.');
}

interface ChangeParts {
  readonly tray: PoisonReader;
  readonly folder: string;
  readonly given: string;
  readonly io: CommandIo;
}

async function change(command: Exclude<PoisonCommand, { do: 'list' | 'show' }>, { tray, folder, given, io }: ChangeParts): Promise<void> {
  const clock = createSystemClock();
  const locks = lockAll([...(existsSync(findAppStore(given)) ? [given] : []), folder]);
  try {
    const ledger = openLedger({ path: join(folder, 'ledger.db'), clock });
    try {
      const basis: PoisonDeskOptions = {
        ledger,
        source: tray,
        broker: { send: () => Promise.reject(new WirebookError('SOAR_BROKER_CONNECTION_LOST', 'there is no connection to a broker')) },
        clock,
        log: { info: () => undefined, warn: (text) => io.complain(text) },
        redactText: (text) => text,
        isHeld: () => false,
        resume: () => undefined,
      };
      if (command.do === 'answer') await answer(command, basis, io);
      else if (command.do === 'drop') createPoisonDesk(basis).drop(command.id);
      else createPoisonDesk(basis).runAgain(command.id);
      io.print(said[command.do](command.id));
    } finally {
      ledger.close();
    }
  } finally {
    for (const lock of locks.reverse()) await lock.close();
  }
}

const said = {
  drop: (id: number) => `Dropped message ${id}.`,
  answer: (id: number) => `Answered message ${id} with an error.`,
  'run-again': (id: number) => `Message ${id} runs again when the engine starts.`,
} as const;

function lockAll(folders: readonly string[]): DataFolderLock[] {
  const locks: DataFolderLock[] = [];
  try {
    for (const folder of folders) locks.push(lockDataFolder(folder));
    return locks;
  } catch (thrown) {
    for (const lock of locks) void lock.close();
    if (!(thrown instanceof WirebookError) || thrown.code !== 'ENGINE_DATA_FOLDER_LOCKED') throw thrown;
    const way = 'decide on the page "Poison tray" of its editor, or stop it, decide here, and start it again';
    throw new WirebookError(thrown.code, `${thrown.message}; while it runs only it may change the tray: ${way}`, thrown, thrown.details);
  }
}

async function answer(command: Extract<PoisonCommand, { do: 'answer' }>, basis: PoisonDeskOptions, io: CommandIo): Promise<void> {
  assertAnswerable(command.id, basis);
  const config = await readConfigAt(command.config, io.environment);
  const { broker, secretValues } = toHostOptions(config);
  const log = { info: () => undefined, warn: (text: string) => io.complain(text) };
  const connection = createBrokerConnection({ ...broker, clock: createSystemClock(), random: createSystemRandom(), log });
  try {
    await connectInTime(connection, { clock: createSystemClock(), signal: io.signal });
    const { redactText } = createRedactor({ secrets: secretValues, keyedHash: () => '' });
    await createPoisonDesk({ ...basis, broker: connection, redactText }).answer(command.id, command.text ?? null);
  } finally {
    await connection.close();
  }
}

/** Before a broker is waited for. */
function assertAnswerable(id: number, { source }: PoisonDeskOptions): void {
  const found = source.find(id);
  if (found === null) throw new WirebookError('ENGINE_POISON_UNKNOWN', `there is no message ${id} in the poison tray`);
  const { message, entry } = found;
  const { answer: choice } = findPoisonChoices({ entry, code: message.code, headers: message.raw.headers });
  if (!choice.isPossible) throw new WirebookError('ENGINE_POISON_REFUSED', `message ${id} of the poison tray: ${choice.text}`);
}

const connectWithinMs = 20_000;

/** A connection tries for ever; somebody at a terminal does not wait as long. */
async function connectInTime(
  connection: BrokerConnection,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const patience = clock.sleep(connectWithinMs, AbortSignal.any([signal, over.signal])).then(
    () => 'late' as const,
    () => 'stopped' as const,
  );
  const connected = await Promise.race([connection.connect().then(() => 'connected' as const), patience]);
  over.abort();
  if (connected !== 'connected')
    throw new WirebookError('SOAR_BROKER_UNREACHABLE', `the broker is not reached within ${connectWithinMs / 1000} s; nothing was sent`);
}
