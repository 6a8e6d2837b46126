import type { LedgerEntry, LedgerRunState, PoisonMessage, ReplyState, SavedReply } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';

/** The place of a state in these lists is its number in the file. */
export const replyStates = ['none', 'saved', 'in-doubt', 'confirmed', 'not-needed'] as const satisfies readonly ReplyState[];
export const runStates = ['none', 'running', 'done'] as const satisfies readonly LedgerRunState[];

export interface EntryRow {
  readonly id: number;
  readonly broker_host: string;
  readonly destination: string;
  readonly message_id: string;
  readonly run_id: string;
  readonly flow_id: string | null;
  readonly reply: number;
  readonly run: number;
  readonly starts: number;
  readonly crashes: number;
  readonly unclean_ends: number;
  readonly deliveries: number;
  /** 0: the broker has it. 1: taken over with its reply. 2: taken over before it. */
  readonly taken_over: number;
  readonly due_at_ms: number | null;
  readonly received_at_ms: number;
  readonly reply_destination: string | null;
  readonly reply_headers: string | null;
  readonly reply_body: Buffer | null;
}

export interface RawRow {
  readonly raw_headers: string;
  readonly raw_body: Buffer;
}

export interface PoisonRow {
  readonly id: number;
  readonly broker_host: string;
  readonly destination: string;
  readonly message_id: string;
  readonly headers: string;
  readonly body: Buffer;
  readonly code: string;
  readonly reason: string;
  readonly at_ms: number;
  readonly reply_destination: string | null;
  readonly reply_headers: string | null;
  readonly reply_body: Buffer | null;
}

export function toLedgerEntry(row: EntryRow): LedgerEntry {
  return {
    id: row.id,
    key: { brokerHost: row.broker_host, destination: row.destination, messageId: row.message_id },
    runId: row.run_id,
    flowId: row.flow_id,
    reply: getState(replyStates, row.reply),
    run: getState(runStates, row.run),
    savedReply: toSavedReply(row),
    starts: row.starts,
    crashes: row.crashes,
    uncleanEnds: row.unclean_ends,
    deliveries: row.deliveries,
    takenOver: row.taken_over > 0,
    owesReply: row.taken_over === 2,
    dueAtMs: row.due_at_ms,
    receivedAtMs: row.received_at_ms,
  };
}

export function toPoisonMessage(row: PoisonRow): PoisonMessage {
  return {
    id: row.id,
    key: { brokerHost: row.broker_host, destination: row.destination, messageId: row.message_id },
    raw: { headers: parseHeaders(row.headers), body: row.body },
    code: row.code,
    reason: row.reason,
    atMs: row.at_ms,
    savedReply: toSavedReply(row),
  };
}

export function parseHeaders(json: string): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(json);
  if (!isJsonObject(parsed)) throw new WirebookError('STORE_FAILED', `the ledger holds headers that are no object: ${json.slice(0, 100)}`);
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}

type ReplyColumns = Pick<EntryRow, 'reply_destination' | 'reply_headers' | 'reply_body'>;

function toSavedReply(row: ReplyColumns): SavedReply | null {
  if (row.reply_destination === null || row.reply_headers === null || row.reply_body === null) return null;
  return { destination: row.reply_destination, headers: parseHeaders(row.reply_headers), body: row.reply_body.toString('utf8') };
}

export function getReplyState(index: number): ReplyState {
  return getState(replyStates, index);
}

export function getRunState(index: number): LedgerRunState {
  return getState(runStates, index);
}

function getState<State>(states: readonly State[], index: number): State {
  const state = states[index];
  if (state === undefined)
    throw new WirebookError('STORE_FAILED', `the ledger holds the unknown state ${index}; known are ${states.join(', ')}`);
  return state;
}
