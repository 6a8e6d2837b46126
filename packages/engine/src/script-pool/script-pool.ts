import { WirebookError } from '@wirebook/errors';
import type { Clock, ScriptCall, ScriptResult, ScriptService } from '@wirebook/node-kit';
import { toScriptResult } from './script-result.ts';
import { createWorkerSlot, type PendingCall, type WorkerSlot } from './worker-slot.ts';

export interface ScriptPoolOptions {
  /** Threads; 1 when absent. */
  readonly workers?: number | undefined;
  /** Calls that wait for a thread, with what they are handed; later ones are held until there is room. */
  readonly maxQueued?: number | undefined;
  /** Memory of one sandbox, in bytes; a script gets half of it. 64 MB when absent. */
  readonly memoryBytes?: number | undefined;
  readonly clock: Clock;
}

export interface ScriptPoolCounts {
  readonly queued: number;
  /** Calls that wait for room in the queue, without a copy of what they are handed. */
  readonly held: number;
  /** Handed to a thread, without an answer yet. */
  readonly running: number;
  readonly finished: number;
  readonly failed: number;
  /** Threads that had to be ended or ended by themselves. */
  readonly workerDeaths: number;
}

export interface ScriptPool extends ScriptService {
  counts(): ScriptPoolCounts;
  /** Ends the threads; calls on their way reject with ENGINE_RUN_CANCELLED. */
  close(): Promise<void>;
}

const maxScopeTextLength = 8_000_000;
const scopeNamePattern = /^[A-Za-z_$][\w$]*$/;

/**
 * Isolated threads for the scripts of authors. A script keeps nothing from one call to the next and has no effect outside, so a call
 * whose thread was ended because of another one is simply made again.
 */
export function createScriptPool({ workers = 1, maxQueued = 10_000, memoryBytes = 64 * 2 ** 20, clock }: ScriptPoolOptions): ScriptPool {
  const queue: PendingCall[] = [];
  /** In their order; each goes on when one left the queue. */
  const held = new Set<() => void>();
  /** Places in the queue for those that were let go on and are not in it yet. */
  let promised = 0;
  let nextId = 1;
  let finished = 0;
  let failed = 0;
  let isClosed = false;
  let isDispatchDue = false;

  const slots: readonly WorkerSlot[] = Array.from({ length: Math.max(1, workers) }, () =>
    createWorkerSlot({ memoryBytes, clock, onReturned: (calls) => queue.unshift(...calls), onRoom: dispatchSoon }),
  );

  /** Calls of one tick leave together. */
  function dispatchSoon(): void {
    if (isDispatchDue || isClosed) return;
    isDispatchDue = true;
    queueMicrotask(() => {
      isDispatchDue = false;
      dispatch();
    });
  }

  function dispatch(): void {
    if (isClosed || queue.length === 0) return;
    const batches = new Map<WorkerSlot, PendingCall[]>();
    while (queue.length > 0) {
      const load = (slot: WorkerSlot): number => slot.runningCount + (batches.get(slot)?.length ?? 0);
      const slot = slots.reduce((best, other) => (load(other) < load(best) ? other : best));
      if (load(slot) >= slot.capacity) break;
      const call = queue.shift();
      if (call === undefined) break;
      const batch = batches.get(slot) ?? [];
      batch.push(call);
      batches.set(slot, batch);
    }
    for (const [slot, batch] of batches) slot.send(batch);
    letGoOn();
  }

  function letGoOn(): void {
    for (const goOn of held) {
      if (queue.length + promised >= maxQueued) return;
      held.delete(goOn);
      promised += 1;
      goOn();
    }
  }

  /** As long as its signal lives: what a step waits for here is bounded by its own time limit. */
  async function waitForRoom(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        held.delete(goOn);
        reject(signal.reason);
      };
      const goOn = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      held.add(goOn);
    });
    promised -= 1;
    if (signal.aborted) letGoOn();
    signal.throwIfAborted();
  }

  function assertOpen(): void {
    if (isClosed) throw new WirebookError('ENGINE_RUN_CANCELLED', 'the engine stops; no script is started any more');
  }

  async function run({ source, scope, timeoutMs, signal }: ScriptCall): Promise<ScriptResult> {
    assertOpen();
    signal.throwIfAborted();
    if (held.size > 0 || queue.length + promised >= maxQueued) {
      await waitForRoom(signal);
      assertOpen();
    }
    const { scopeNames, scopeJson } = chooseScope(source, scope);
    const id = nextId;
    nextId = nextId >= 2 ** 31 - 1 ? 1 : nextId + 1;
    const { promise, resolve, reject } = createDeferred<ScriptResult>();
    const onAbort = (): void => {
      const position = queue.indexOf(call);
      if (position !== -1) queue.splice(position, 1);
      if (position !== -1) letGoOn();
      for (const slot of slots) slot.giveUp(id);
      reject(signal.reason);
    };
    const call: PendingCall = {
      call: { id, source, scopeNames, scopeJson, timeoutMs },
      deaths: 0,
      onAnswer: (answer) => {
        try {
          resolve(toScriptResult(answer));
        } catch (error) {
          reject(error);
        }
      },
      onLost: reject,
    };
    signal.addEventListener('abort', onAbort, { once: true });
    queue.push(call);
    dispatchSoon();
    try {
      const result = await promise;
      finished += 1;
      return result;
    } catch (error) {
      failed += 1;
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    run,
    counts: () => ({
      queued: queue.length,
      held: held.size,
      running: slots.reduce((sum, slot) => sum + slot.runningCount, 0),
      finished,
      failed,
      workerDeaths: slots.reduce((sum, slot) => sum + slot.deathCount, 0),
    }),
    async close() {
      if (!isClosed) {
        isClosed = true;
        for (const { onLost } of queue.splice(0)) onLost(new WirebookError('ENGINE_RUN_CANCELLED', 'the engine stops'));
        for (const goOn of held) goOn();
        held.clear();
      }
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
}

function chooseScope(source: string, scope: ScriptCall['scope']): { scopeNames: readonly string[]; scopeJson: string } {
  const scopeNames = Object.keys(scope).filter((name) => source.includes(name));
  for (const name of scopeNames) {
    if (!scopeNamePattern.test(name) || name === 'console' || name === '$scope') {
      throw new WirebookError('ENGINE_INVARIANT_BROKEN', `"${name}" cannot be a name in the scope of a script`);
    }
  }
  const scopeJson = scopeNames.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(scopeNames.map((name) => [name, scope[name]])));
  if (scopeJson.length > maxScopeTextLength) {
    throw new WirebookError(
      'SCRIPT_MEMORY',
      `the script reads ${scopeNames.join(', ')} with ${scopeJson.length} characters; the most is ${maxScopeTextLength}`,
    );
  }
  return { scopeNames, scopeJson };
}

function createDeferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
