import type { EngineLog } from './engine-log.ts';
import { createTakenOverMessage, type HeldMessage } from './held-message.ts';
import type { HeldMessages } from './held-messages.ts';
import type { Ledger } from './ports/ledger.ts';

export interface TakenOverRunsOptions {
  readonly ledger: Pick<Ledger, 'listTakenOverFlows' | 'resumeTakenOver'>;
  readonly log: EngineLog;
  readonly held: HeldMessages;
  /** Its run is left to do, and perhaps its reply. */
  readonly begin: (message: HeldMessage) => void;
  /** Only its reply is left to be sent. */
  readonly answer: (message: HeldMessage) => void;
}

/** Takes messages up from the ledger; of each flow no more at a time than memory bears, so that one does not hold up another. */
export interface TakenOverRuns {
  /** Looks at all of them, from the oldest on: a start or a deploy may bring the flow that takes one. */
  resume(): void;
  /** Takes up what had no room before; cheap when there is nothing left. */
  goOn(): void;
  /** The same for one flow, once there is much room again. */
  goOnFor(flowId: string): void;
  /** Messages of this flow wait in the ledger, or would have to: a later one must not pass them. */
  isFull(flowId: string): boolean;
  /** One of this flow will be parked, once it is on record. */
  willPark(flowId: string): void;
  /** The one announced waits in the ledger until there is room. */
  park(flowId: string, entryId: number): void;
  /** Looks at this one and what follows once more. */
  lookFrom(flowId: string, entryId: number): void;
}

/** Messages of a flow in hand, and their bytes, beyond which no more are taken up. */
const inHandLimit = 1000;
const inHandBytes = 64_000_000;
const pageLimit = 100;

/** How far the messages of a flow are read. */
interface Reading {
  afterId: number;
  isComplete: boolean;
  /** One was in hand for the sake of its reply only: its run is looked for once more. */
  isMissed: boolean;
}

export function createTakenOverRuns({ ledger, log, held, begin, answer }: TakenOverRunsOptions): TakenOverRuns {
  const readings = new Map<string, Reading>();
  /** Messages of a flow that are on their way into the ledger to be parked. */
  const parking = new Map<string, number>();

  function hasRoom(flowId: string): boolean {
    const { count, sizeBytes } = held.takenOverLoad(flowId);
    return count < inHandLimit && sizeBytes < inHandBytes;
  }

  function takePage(flowId: string, reading: Reading): void {
    const page = ledger.resumeTakenOver({ flowId, afterId: reading.afterId, limit: pageLimit, maxBytes: inHandBytes });
    for (const entry of page) {
      reading.afterId = entry.id;
      const known = held.get(entry.id);
      if (known !== undefined) {
        meetKnown(known, entry.raw.body, reading);
        continue;
      }
      const message = createTakenOverMessage(entry);
      held.add(message);
      held.countTakenOver(message, flowId);
      log.debug('taking a message up from the ledger', { runId: entry.runId });
      if (entry.run === 'done') answer(message);
      else begin(message);
    }
    reading.isComplete = page.length === 0;
  }

  function meetKnown(known: HeldMessage, body: Uint8Array, reading: Reading): void {
    if (known.isParked) {
      known.isParked = false;
      known.raw = { ...known.raw, body };
      begin(known);
    } else if (known.run === null && known.isRunOver) {
      reading.isMissed = true;
    }
  }

  function goOnFor(flowId: string, reading: Reading): void {
    if (reading.isComplete && reading.isMissed) restart(reading);
    while (!reading.isComplete && hasRoom(flowId)) takePage(flowId, reading);
    if (reading.isComplete && !reading.isMissed) readings.delete(flowId);
  }

  function restart(reading: Reading): void {
    reading.afterId = 0;
    reading.isComplete = false;
    reading.isMissed = false;
  }

  function lookFrom(flowId: string, entryId: number): void {
    const reading = readings.get(flowId);
    if (reading === undefined) readings.set(flowId, { afterId: entryId - 1, isComplete: false, isMissed: false });
    else {
      reading.afterId = Math.min(reading.afterId, entryId - 1);
      reading.isComplete = false;
    }
  }

  function goOn(): void {
    for (const [flowId, reading] of [...readings]) goOnFor(flowId, reading);
  }

  return {
    resume: () => {
      for (const flowId of ledger.listTakenOverFlows()) readings.set(flowId, { afterId: 0, isComplete: false, isMissed: false });
      goOn();
    },
    goOn,
    goOnFor: (flowId) => {
      const reading = readings.get(flowId);
      if (reading !== undefined && held.takenOverLoad(flowId).count < inHandLimit / 2) goOnFor(flowId, reading);
    },
    isFull: (flowId) => parking.has(flowId) || readings.get(flowId)?.isComplete === false || !hasRoom(flowId),
    willPark: (flowId) => {
      parking.set(flowId, (parking.get(flowId) ?? 0) + 1);
    },
    park: (flowId, entryId) => {
      const left = (parking.get(flowId) ?? 1) - 1;
      if (left === 0) parking.delete(flowId);
      else parking.set(flowId, left);
      lookFrom(flowId, entryId);
    },
    lookFrom,
  };
}
