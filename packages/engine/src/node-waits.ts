import { isJsonObject } from '@wirebook/errors';
import type { Clock, KeyWindow, Timer, WaitOutcome, WaitRequest, WaitService } from '@wirebook/node-kit';
import type { LedgerWriter } from './ledger-writer.ts';
import type { Ledger } from './ports/ledger.ts';
import type { StepMemory } from './step-memory.ts';
import { createWaitingRoom, type Waiter } from './waiting-room.ts';

export interface NodeWaitsOptions {
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly writer: LedgerWriter;
  readonly ledger: Pick<Ledger, 'claim' | 'findClaimEnd' | 'takeKey'>;
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
const skippedJson = JSON.stringify([{ port: 'skipped', message: null }]);
const dueJson = JSON.stringify([]);

export function createNodeWaits({ clock, random, writer, ledger }: NodeWaitsOptions): NodeWaits {
  const room = createWaitingRoom({ clock, random, ledger });

  function forStep(step: WaitingStep): WaitService {
    const scope = `${step.flowId}/${step.nodeId}`;
    let openCount = 0;

    function changeOpen(change: 1 | -1): void {
      openCount += change;
      if (openCount === (change === 1 ? 1 : 0)) step.onWaiting(change === 1);
    }

    async function wait(request: WaitRequest): Promise<WaitOutcome> {
      const waitKey = `${step.stepKey}@${step.nextNumber()}`;
      const known = step.memory.find(waitKey);
      if (Array.isArray(known?.end)) return known.end.length === 0 ? 'due' : 'skipped';
      const signal = step.getSignal();
      signal.throwIfAborted();
      changeOpen(1);
      try {
        const knownDueAtMs = known === undefined ? null : parseDueAtMs(known.intentJson);
        return await waitUnlessAborted(request, { waitKey, signal, knownDueAtMs, isIntended: known !== undefined });
      } finally {
        changeOpen(-1);
      }
    }

    /**
     * That it waits, until when, and how that ended goes to the ledger with the next transaction: nothing that follows is on record
     * before it. A long wait is on record with the take-over.
     */
    function waitUnlessAborted(
      request: WaitRequest,
      about: { waitKey: string; signal: AbortSignal; knownDueAtMs: number | null; isIntended: boolean },
    ): Promise<WaitOutcome> {
      const { waitKey, signal } = about;
      return new Promise<WaitOutcome>((resolve, reject) => {
        let { isIntended } = about;
        let outcome: WaitOutcome | null = null;
        let takingOver: Promise<void> | null = null;
        let takeOverTimer: Timer | null = null;

        const end = (how: WaitOutcome): void => {
          outcome = how;
          if (isIntended) leave(how);
        };
        const leave = (how: WaitOutcome): void => {
          takeOverTimer?.cancel();
          writer.later({
            type: 'step-done',
            entryId: step.entryId,
            stepKey: waitKey,
            emissionsJson: how === 'due' ? dueJson : skippedJson,
          });
          const over = () => {
            signal.removeEventListener('abort', giveUp);
            resolve(how);
          };
          if (takingOver === null) over();
          else takingOver.then(over, reject);
        };
        const giveUp = (): void => {
          room.leave(waiter);
          takeOverTimer?.cancel();
          reject(signal.reason);
        };
        const waiter: Waiter = {
          wait: {
            kind: request.kind,
            waitMs: request.waitMs,
            jitterMs: request.jitterMs ?? 0,
            discard: request.skips ?? false,
          },
          scope,
          key: request.kind === 'defer' ? waitKey : (request.key ?? ''),
          dueAtMs: about.knownDueAtMs,
          onDue: () => end('due'),
          onSkipped: () => end('skipped'),
        };
        const dueAtMs = room.enter(waiter);
        const atMs = clock.now();
        if (!isIntended) {
          const intentJson = JSON.stringify({ dueAtMs });
          writer.later({ type: 'step-intended', entryId: step.entryId, stepKey: waitKey, atMs, intentJson });
        }
        isIntended = true;
        if (outcome !== null) {
          leave(outcome);
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

    function claim({ key, windowMs }: KeyWindow): boolean {
      const claimant = `${step.runId}/${step.stepKey}`;
      const atMs = clock.now();
      return ledger.claim({ scope: `node ${scope}`, key, claimant, atMs, untilMs: atMs + windowMs }) === claimant;
    }

    return { wait, claim };
  }

  return {
    forStep,
    get size() {
      return room.size;
    },
  };
}

function parseDueAtMs(json: string | null): number | null {
  const parsed: unknown = json === null ? null : JSON.parse(json);
  return isJsonObject(parsed) && typeof parsed.dueAtMs === 'number' ? parsed.dueAtMs : null;
}
