import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { Clock, ReadChangeWriteResult } from '@wirebook/node-kit';

export interface ChangeRound {
  readonly path: string;
  readonly apply: (current: JsonObject) => JsonObject | undefined;
  readonly read: () => Promise<JsonValue>;
  /** Rejects with SOAR_CONFLICT under 409. */
  readonly write: (body: JsonObject) => Promise<JsonValue>;
  /** PUTs sent so far, those repeated for other reasons included. */
  readonly countWrites: () => number;
  readonly rounds: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

const shortestWaitMs = 50;
const longestWaitMs = 1_000;

/**
 * Reads, changes and writes until nobody was faster.
 *
 * @throws SOAR_CONFLICT when every round met a newer version; whatever read, apply and write reject with.
 */
export async function changeUntilWritten(change: ChangeRound): Promise<ReadChangeWriteResult> {
  for (let round = 1; ; round += 1) {
    const before = await change.read();
    if (!isJsonObject(before)) {
      throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${change.path}: the answer is no JSON object, so nothing in it can be changed`);
    }
    const wanted = change.apply(before);
    if (wanted === undefined) return { before, after: before, attempts: change.countWrites() };
    try {
      const after = await change.write(wanted);
      return { before, after: isJsonObject(after) ? after : wanted, attempts: change.countWrites() };
    } catch (thrown) {
      if (!(thrown instanceof WirebookError) || thrown.code !== 'SOAR_CONFLICT') throw thrown;
      if (round >= change.rounds) throw refuseConflict(change, thrown);
    }
    // Two editors who met once would meet again without a wait of different length.
    const waitMs = Math.min(longestWaitMs, shortestWaitMs * 2 ** (round - 1));
    await change.clock.sleep(Math.round(waitMs * (0.5 + change.random())), change.signal);
  }
}

function refuseConflict(change: ChangeRound, last: WirebookError): WirebookError {
  const text = `PUT ${change.path}: ${change.countWrites()} attempts each met a newer version (409); the last answer: ${last.message}`;
  return new WirebookError('SOAR_CONFLICT', text, last, { ...last.details, path: change.path, attempts: change.countWrites() });
}
