import { join, resolve } from 'node:path';
import { createSystemClock, createSystemRandom } from '@wirebook/engine';
import { openPoisonReader } from '@wirebook/store';
import { createDeadLetterDesk, type DeadLetterDesk } from '../dead-letters/dead-letter-desk.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { readConfigAt } from '../read-config-at.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import { findLedgerFolder } from './find-ledger-folder.ts';
import { toOneLine } from './terminal-text.ts';

export type DeadLettersCommand = { readonly do: 'list' } | { readonly do: 'return'; readonly messageId: string };

export interface DeadLettersCommandOptions {
  /** Its ledger tells what was answered before; there may be none. */
  readonly dataDir: string;
  readonly config: string | undefined;
  readonly json: boolean;
}

/**
 * `wirebook dead-letters …`: asks the broker itself, beside an engine that runs.
 *
 * @throws ENGINE_DEAD_LETTER*, CONFIG_*, SOAR_BROKER_*, SOAR_TLS_*
 */
export async function runDeadLettersCommand(
  command: DeadLettersCommand,
  options: DeadLettersCommandOptions,
  io: CommandIo,
): Promise<number> {
  const config = await readConfigAt(options.config, io.environment);
  const { broker, deadLetterQueue } = toHostOptions(config);
  const dataDir = resolve(io.environment.workingDir, options.dataDir);
  const ledger = openPoisonReader({ path: join(findLedgerFolder(dataDir), 'ledger.db') }) ?? null;
  try {
    const desk = createDeadLetterDesk({
      name: deadLetterQueue ?? null,
      broker,
      ledger,
      clock: createSystemClock(),
      random: createSystemRandom(),
      log: { info: () => undefined, warn: (text) => io.complain(text) },
    });
    if (command.do === 'list') {
      await list(desk, options, io);
      return exitCodes.ok;
    }
    if (ledger === null) io.complain(`${dataDir} holds no ledger: nothing tells whether this message was answered before.`);
    const { destination } = await desk.giveBack(command.messageId);
    io.print(options.json ? JSON.stringify({ destination }) : `Returned it to ${toOneLine(destination)}.`);
    return exitCodes.ok;
  } finally {
    ledger?.close();
  }
}

async function list(desk: DeadLetterDesk, { json }: DeadLettersCommandOptions, io: CommandIo): Promise<void> {
  const page = await desk.list();
  if (json) {
    io.print(JSON.stringify(page));
    return;
  }
  for (const { messageId, sentAtMs, originalDestination, sizeBytes, giveBack } of page.letters) {
    const sent = sentAtMs === null ? 'at an unknown time' : new Date(sentAtMs).toISOString();
    const fate = giveBack.isPossible ? 'can be returned' : giveBack.text;
    io.print([messageId, sent, originalDestination ?? 'from an unknown destination', `${sizeBytes} bytes`, fate].map(toOneLine).join('\t'));
  }
  if (page.letters.length === 0) io.print(`The dead-letter queue ${page.queue} is empty.`);
  if (page.isCut) io.complain('The queue holds more; these are the oldest.');
}
