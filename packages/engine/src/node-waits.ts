import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { Clock, GatherRequest, KeyWindow, Timer, TurnRequest, WaitOutcome, WaitRequest, WaitService } from '@wirebook/node-kit';
import { createGatherings, type Gatherer } from './gatherings.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { Ledger } from './ports/ledger.ts';
import { createSequences, type Numbered } from './sequences.ts';
import type { StepMemory } from './step-memory.ts';
import { createWaitingRoom, type Waiter } from './waiting-room.ts';

export interface NodeWaitsOptions {
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly writer: LedgerWriter;
  readonly ledger: Pick<Ledger, 'claim' | 'findClaimant' | 'findClaimEnd' | 'takeKey'>;
}

/** The step that waits. */
export interface WaitingStep {
  readonly flowId: string;
  readonly nodeId: string;
  readonly runId: string;
  readonly entryId: number;
  /** The same in every attempt of the run. */
  readonly stepKey: string;
  readonly memory: StepMemory;
  /** Numbers the waits of the step over all its tries, from 1. */
  readonly nextNumber: () => number;
  readonly getSignal: () => AbortSignal;
  /** Resolves when the ledger has the message in the broker's place. */
  readonly takeOver: () => Promise<void>;
  /** Between true and false time does not count. */
  readonly onWaiting: (isWaiting: boolean) => void;
}

/** Steps that wait, by the keys of their nodes over all runs; they outlive deploys. */
export interface NodeWaits {
  forStep(step: WaitingStep): WaitService;
  /** Steps that wait now. */
  readonly size: number;
}

/** What waits longer is taken over from the broker, whose prefetch it would use up. */
const takeOverAfterMs = 5000;
/** How a wait ended, as the ledger has it: the emissions of a step. */
type Ending = readonly { readonly port: string; readonly message: JsonValue }[];

const due: Ending = [];
const skipped: Ending = [{ port: 'skipped', message: null }];
const gatheredPort = 'gathered';

/** Where a step waits. */
interface Place {
  /** Gives when it is over at the latest; it may end the wait before it returns. */
  readonly enter: (knownDueAtMs: number | null, end: (how: Ending) => void) => number;
  readonly leave: () => void;
}

export function createNodeWaits({ clock, random, writer, ledger }: NodeWaitsOptions): NodeWaits {
  const room = createWaitingRoom({ clock, random, ledger });
  const gatherings = createGatherings({ clock });
  const sequences = createSequences({ clock, ledger });

  function forStep(step: WaitingStep): WaitService {
    const scope = `${step.flowId}/${step.nodeId}`;
    let openCount = 0;

    function changeOpen(change: 1 | -1): void {
      openCount += change;
      if (openCount === (change === 1 ? 1 : 0)) step.onWaiting(change === 1);
    }

    async function hold(place: (waitKey: string) => Place): Promise<Ending> {
      const waitKey = `${step.stepKey}@${step.nextNumber()}`;
      const known = step.memory.find(waitKey);
      if (Array.isArray(known?.end)) return known.end;
      const signal = step.getSignal();
      signal.throwIfAborted();
      changeOpen(1);
      try {
        const knownDueAtMs = known === undefined ? null : parseDueAtMs(known.intentJson);
        return await holdUnlessAborted(place(waitKey), { waitKey, signal, knownDueAtMs, isIntended: known !== undefined });
      } finally {
        changeOpen(-1);
      }
    }

    /**
     * That it waits, until when, and how that ended goes to the ledger with the next transaction: nothing that follows is on record
     * before it. A long wait is on record with the take-over.
     */
    function holdUnlessAborted(
      place: Place,
      about: { waitKey: string; signal: AbortSignal; knownDueAtMs: number | null; isIntended: boolean },
    ): Promise<Ending> {
      const { waitKey, signal } = about;
      return new Promise<Ending>((resolve, reject) => {
        let isIn = false;
        let ending: Ending | null = null;
        let takingOver: Promise<void> | null = null;
        let takeOverTimer: Timer | null = null;

        const end = (how: Ending): void => {
          ending = how;
          if (isIn) leave(how);
        };
        const leave = (how: Ending): void => {
          takeOverTimer?.cancel();
          writer.later({ type: 'step-done', entryId: step.entryId, stepKey: waitKey, emissionsJson: JSON.stringify(how) });
          const over = () => {
            signal.removeEventListener('abort', giveUp);
            resolve(how);
          };
          if (takingOver === null) over();
          else takingOver.then(over, reject);
        };
        const giveUp = (): void => {
          place.leave();
          takeOverTimer?.cancel();
          reject(signal.reason);
        };
        const dueAtMs = place.enter(about.knownDueAtMs, end);
        const atMs = clock.now();
        if (!about.isIntended) {
          const intentJson = JSON.stringify({ dueAtMs });
          writer.later({ type: 'step-intended', entryId: step.entryId, stepKey: waitKey, atMs, intentJson });
        }
        isIn = true;
        if (ending !== null) {
          leave(ending);
          return;
        }
        signal.addEventListener('abort', giveUp, { once: true });
        if (dueAtMs - atMs > takeOverAfterMs) takingOver = step.takeOver();
        else {
          takeOverTimer = clock.startTimer(takeOverAfterMs, () => {
            takingOver = step.takeOver();
            takingOver.catch(reject);
          });
        }
        takingOver?.catch(reject);
      });
    }

    async function wait({ kind, waitMs, jitterMs = 0, key = '', skips = false }: WaitRequest): Promise<WaitOutcome> {
      const ending = await hold((waitKey) => {
        let waiter: Waiter | null = null;
        return {
          enter: (dueAtMs, end) => {
            waiter = {
              wait: { kind, waitMs, jitterMs, discard: skips },
              scope,
              key: kind === 'defer' ? waitKey : key,
              dueAtMs,
              onDue: () => end(due),
              onSkipped: () => end(skipped),
            };
            return room.enter(waiter);
          },
          leave: () => {
            if (waiter !== null) room.leave(waiter);
          },
        };
      });
      return ending.length === 0 ? 'due' : 'skipped';
    }

    async function gather(request: GatherRequest): Promise<readonly JsonValue[] | null> {
      const [carried] = await hold(() => {
        let gatherer: Gatherer | null = null;
        return {
          enter: (dueAtMs, end) => {
            gatherer = {
              ...request,
              scope,
              order: step.entryId,
              dueAtMs,
              onGathered: (values) => end([{ port: gatheredPort, message: [...values] }]),
              onElsewhere: () => end(skipped),
            };
            return gatherings.enter(gatherer);
          },
          leave: () => {
            if (gatherer !== null) gatherings.leave(gatherer);
          },
        };
      });
      return carried?.port === gatheredPort && Array.isArray(carried.message) ? carried.message : null;
    }

    async function takeTurn(request: TurnRequest): Promise<WaitOutcome> {
      const ending = await hold(() => {
        let numbered: Numbered | null = null;
        return {
          enter: (dueAtMs, end) => {
            numbered = {
              ...request,
              scope,
              id: `${step.runId}/${step.stepKey}`,
              dueAtMs,
              onDue: () => end(due),
              onLate: () => end(skipped),
            };
            return sequences.enter(numbered);
          },
          leave: () => {
            if (numbered !== null) sequences.leave(numbered);
          },
        };
      });
      return ending.length === 0 ? 'due' : 'skipped';
    }

    function claim({ key, windowMs }: KeyWindow): boolean {
      const claimant = `${step.runId}/${step.stepKey}`;
      const atMs = clock.now();
      return ledger.claim({ scope: `node ${scope}`, key, claimant, atMs, untilMs: atMs + windowMs }) === claimant;
    }

    return { wait, gather, takeTurn, claim };
  }

  return {
    forStep,
    get size() {
      return room.size + gatherings.size + sequences.size;
    },
  };
}

function parseDueAtMs(json: string | null): number | null {
  const parsed: unknown = json === null ? null : JSON.parse(json);
  return isJsonObject(parsed) && typeof parsed.dueAtMs === 'number' ? parsed.dueAtMs : null;
}
