import { Worker } from 'node:worker_threads';
import { WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import { cancelledSlot, runningSlot, type WorkerAnswer, type WorkerCall, type WorkerStart } from './script-messages.ts';

/** A call until its answer. */
export interface PendingCall {
  readonly call: WorkerCall;
  /** Threads that ended while they held it. */
  deaths: number;
  readonly onAnswer: (answer: WorkerAnswer) => void;
  readonly onLost: (error: WirebookError) => void;
}

export interface WorkerSlotOptions {
  readonly memoryBytes: number;
  readonly clock: Clock;
  /** Calls that have to be made again, in their order. */
  readonly onReturned: (calls: readonly PendingCall[]) => void;
  readonly onRoom: () => void;
}

/** One place for a thread; the thread in it is replaced when it dies. */
export interface WorkerSlot {
  /** Calls that it takes at a time. */
  readonly capacity: number;
  readonly runningCount: number;
  readonly deathCount: number;
  send(calls: readonly PendingCall[]): void;
  /** Nobody waits for this call any more. */
  giveUp(id: number): void;
  close(): Promise<void>;
}

const capacity = 32;
const watchEveryMs = 50;
/** A thread that overruns the limit of its call by so much does not look at the clock any more. */
const graceMs = 500;
const startLimitMs = 20_000;
const maxDeaths = 3;

/** Node 20 cannot run TypeScript: from sources the built worker is used. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/script-pool/script-worker.js' : './script-worker.js',
  import.meta.url,
);

interface LiveWorker {
  readonly thread: Worker;
  readonly board: Int32Array;
}

export function createWorkerSlot({ memoryBytes, clock, onReturned, onRoom }: WorkerSlotOptions): WorkerSlot {
  const held = new Map<number, PendingCall>();
  let live: LiveWorker | undefined;
  let deathCount = 0;
  let isClosed = false;
  let watch: Timer | undefined;
  /** What the thread did when it was last looked at, and since when. */
  let seen = { id: -1, sinceMs: 0 };

  function ensureWorker(): LiveWorker {
    if (live !== undefined) return live;
    const shared = new SharedArrayBuffer(8);
    const board = new Int32Array(shared);
    const workerData: WorkerStart = { memoryBytes, board: shared };
    const thread = new Worker(workerUrl, {
      workerData,
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32, codeRangeSizeMb: 16, stackSizeMb: 4 },
    });
    const started: LiveWorker = { thread, board };
    live = started;
    seen = { id: -1, sinceMs: clock.monotonicMs() };
    thread.on('message', (answers: readonly WorkerAnswer[]) => takeAnswers(answers));
    thread.on('error', (error) => bury(started, error));
    thread.on('exit', (code) => bury(started, new Error(`it ended with exit code ${code}`)));
    return started;
  }

  function takeAnswers(answers: readonly WorkerAnswer[]): void {
    for (const answer of answers) {
      const pending = held.get(answer.id);
      held.delete(answer.id);
      pending?.onAnswer(answer);
    }
    if (held.size === 0) stopWatching();
    onRoom();
  }

  /** The thread is gone: the call that it ran fails, the others are made again. */
  function bury(dead: LiveWorker, error: unknown, timedOut?: PendingCall): void {
    if (live !== dead) return;
    live = undefined;
    stopWatching();
    if (isClosed) return;
    deathCount += 1;
    const culprit = timedOut ?? held.get(Atomics.load(dead.board, runningSlot));
    const calls = [...held.values()];
    held.clear();
    const again: PendingCall[] = [];
    for (const pending of calls) {
      pending.deaths += 1;
      if (pending === culprit) pending.onLost(toLossError(pending, error, timedOut !== undefined));
      else if (pending.deaths >= maxDeaths) pending.onLost(toLossError(pending, error, false));
      else again.push(pending);
    }
    onReturned(again);
    onRoom();
  }

  function startWatching(): void {
    watch ??= clock.startTimer(watchEveryMs, () => {
      watch = undefined;
      look();
      if (held.size > 0) startWatching();
    });
  }

  function stopWatching(): void {
    watch?.cancel();
    watch = undefined;
  }

  function look(): void {
    if (live === undefined) return;
    const id = Atomics.load(live.board, runningSlot);
    const nowMs = clock.monotonicMs();
    if (id !== seen.id) {
      seen = { id, sinceMs: nowMs };
      return;
    }
    const running = held.get(id);
    const limitMs = id === 0 ? startLimitMs : (running?.call.timeoutMs ?? 0) + graceMs;
    if (nowMs - seen.sinceMs <= limitMs) return;
    const dead = live;
    bury(dead, new Error('it did not answer'), running);
    void dead.thread.terminate();
  }

  return {
    capacity,
    get runningCount() {
      return held.size;
    },
    get deathCount() {
      return deathCount;
    },
    send(calls) {
      const { thread } = ensureWorker();
      for (const pending of calls) held.set(pending.call.id, pending);
      thread.postMessage(calls.map(({ call }) => call));
      startWatching();
    },
    giveUp(id) {
      if (live !== undefined && held.has(id)) Atomics.store(live.board, cancelledSlot, id);
    },
    async close() {
      isClosed = true;
      stopWatching();
      const ending = live;
      live = undefined;
      for (const pending of held.values()) pending.onLost(new WirebookError('ENGINE_RUN_CANCELLED', 'the engine stops'));
      held.clear();
      await ending?.thread.terminate();
    },
  };
}

function toLossError({ call }: PendingCall, error: unknown, isTimeout: boolean): WirebookError {
  if (isTimeout) {
    return new WirebookError('SCRIPT_TIMEOUT', `the script ran longer than ${call.timeoutMs} ms and its thread had to be ended`, error);
  }
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new WirebookError('SCRIPT_MEMORY', 'the thread of the script ran out of memory', error);
  const reason = error instanceof Error ? error.message : String(error);
  return new WirebookError('SCRIPT_WORKER_DIED', `the thread of the script ended: ${reason}`, error);
}
