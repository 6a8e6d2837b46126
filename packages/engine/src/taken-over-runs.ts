import type { EngineLog } from './engine-log.ts';
import { createTakenOverMessage, type HeldMessage } from './held-message.ts';
import type { Ledger } from './ports/ledger.ts';

export interface TakenOverRunsOptions {
  readonly ledger: Pick<Ledger, 'resumeTakenOver'>;
  readonly log: EngineLog;
  /** Messages in hand by ledger entry. */
  readonly held: Map<number, HeldMessage>;
  readonly begin: (message: HeldMessage) => void;
}

/** Takes detached runs up again from the ledger; no more of them at a time than memory bears. */
export interface TakenOverRuns {
  /** Looks at all of them, from the oldest on: a start or a deploy may bring the flow that takes one. */
  resume(): void;
  /** Takes up what had no room before; cheap when there is nothing left. */
  goOn(): void;
}

/** Detached runs in hand, and the bytes of their messages, beyond which no more are taken up. */
const inHandLimit = 1000;
const inHandBytes = 64_000_000;
const pageLimit = 100;

export function createTakenOverRuns({ ledger, log, held, begin }: TakenOverRunsOptions): TakenOverRuns {
  let afterId = 0;
  let isComplete = true;
  /** One was in hand for the sake of its reply only: its run is looked for once more. */
  let isMissed = false;

  function hasRoom(): boolean {
    let count = 0;
    let sizeBytes = 0;
    for (const { entry, raw } of held.values()) {
      if (!entry.takenOver) continue;
      count += 1;
      sizeBytes += raw.body.byteLength;
    }
    return count < inHandLimit && sizeBytes < inHandBytes;
  }

  function takePage(): void {
    const page = ledger.resumeTakenOver({ afterId, limit: pageLimit, maxBytes: inHandBytes });
    for (const entry of page) {
      afterId = entry.id;
      const known = held.get(entry.id);
      if (known !== undefined) {
        if (known.run === null && known.isRunOver) isMissed = true;
        continue;
      }
      const message = createTakenOverMessage(entry);
      held.set(entry.id, message);
      log.info('going on with a detached run', { runId: entry.runId });
      begin(message);
    }
    isComplete = page.length === 0;
  }

  function goOn(): void {
    if (isComplete && isMissed) start();
    while (!isComplete && hasRoom()) takePage();
  }

  function start(): void {
    afterId = 0;
    isComplete = false;
    isMissed = false;
  }

  return {
    resume: () => {
      start();
      goOn();
    },
    goOn,
  };
}
