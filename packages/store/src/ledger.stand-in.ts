import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger, LedgerChange, LedgerEntry, MessageKey, RawMessage, SavedReply } from '@wirebook/engine';
import { type OpenLedgerOptions, openLedger } from './ledger.ts';

/** A ledger in a folder of its own. */
export interface TestLedger extends Ledger {
  /** Of its file. */
  readonly path: string;
  receiveOne(messageId: string): LedgerEntry;
  /** Closes it and opens the same file again. */
  reopen(options?: Partial<OpenLedgerOptions>): void;
  remove(): void;
}

export const reply: SavedReply = { destination: '/queue/acks.201', headers: { 'correlation-id': 'c:1' }, body: '{"message":"ok"}' };

export function key(messageId: string): MessageKey {
  return { brokerHost: 'soar.example', destination: 'actions.201.fn_main', messageId };
}

/** Taken over with its reply, for the flow named `flow`, unless said otherwise. */
export function takenOver(
  entryId: number,
  raw: RawMessage,
  more: Partial<Extract<LedgerChange, { type: 'taken-over' }>> = {},
): LedgerChange {
  return { type: 'taken-over', entryId, flowId: 'flow', raw, owesReply: false, dueAtMs: null, ...more };
}

export function createTestLedger(first: Partial<OpenLedgerOptions> = {}): TestLedger {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-ledger-'));
  const open = (options: Partial<OpenLedgerOptions>) =>
    openLedger({ path: join(folder, 'ledger.db'), clock: { now: () => 1000 }, ...options });
  let ledger = open(first);
  return {
    path: join(folder, 'ledger.db'),
    beginBoot: (boot) => ledger.beginBoot(boot),
    receive: (messages) => ledger.receive(messages),
    originate: (message) => ledger.originate(message),
    write: (changes) => ledger.write(changes),
    readSteps: (entryId) => ledger.readSteps(entryId),
    listTakenOverFlows: () => ledger.listTakenOverFlows(),
    readRaw: (entryId) => ledger.readRaw(entryId),
    claim: (claim) => ledger.claim(claim),
    findClaimant: (key) => ledger.findClaimant(key),
    findClaimEnd: (key) => ledger.findClaimEnd(key),
    takeKey: (claim) => ledger.takeKey(claim),
    resumeTakenOver: (page) => ledger.resumeTakenOver(page),
    hasOpen: (place) => ledger.hasOpen(place),
    listUndelivered: (page) => ledger.listUndelivered(page),
    listPoison: (limit, afterId) => ledger.listPoison(limit, afterId),
    removePoison: (id) => ledger.removePoison(id),
    count: () => ledger.count(),
    listOpenRunIds: () => ledger.listOpenRunIds(),
    dropContents: (settledBeforeMs, limit) => ledger.dropContents(settledBeforeMs, limit),
    prune: (settledBeforeMs, limit) => ledger.prune(settledBeforeMs, limit),
    close: () => ledger.close(),
    receiveOne: (messageId) => {
      const [entry] = ledger.receive([{ key: key(messageId), runId: `run-${messageId}`, receivedAtMs: 5 }]);
      if (entry === undefined) throw new Error('no entry');
      return entry;
    },
    reopen: (options = {}) => {
      ledger.close();
      ledger = open(options);
    },
    remove: () => {
      ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}
