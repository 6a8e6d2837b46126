import { Worker } from 'node:worker_threads';
import { type ErrorRecord, fromErrorRecord, type JsonValue, WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';

/** What a worker is sent. */
export interface WorkerCall {
  readonly id: number;
  readonly name: string;
  readonly args: unknown;
}

/** What it answers. */
export type WorkerReply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: ErrorRecord };

export interface WorkerCallsOptions {
  /** The built script of the worker. */
  readonly script: URL;
  readonly workerData: JsonValue;
  /** A call that takes longer is given up, and the thread is ended with it. */
  readonly timeoutMs: number;
  /** Largest heap of the thread. */
  readonly memoryMb: number;
  readonly clock: Pick<Clock, 'startTimer'>;
}

/** Calls functions in a thread of its own, one after the other. The thread starts with the first call, and again after its end. */
export interface WorkerCalls {
  /** @throws what the function throws, SERVER_READ_TIMEOUT, SERVER_INTERNAL when the thread ended. */
  call(name: string, args: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface Waiting {
  readonly call: WorkerCall;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: WirebookError) => void;
}

const mostWaiting = 200;

export function createWorkerCalls(options: WorkerCallsOptions): WorkerCalls {
  let thread: Worker | null = null;
  let line: Waiting[] = [];
  let underWay: Waiting | null = null;
  let timer: Timer | null = null;
  let lastId = 0;
  let isClosed = false;

  function startThread(): Worker {
    const started = new Worker(options.script, {
      workerData: options.workerData,
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    });
    started.on('message', (reply: WorkerReply) => take(reply));
    started.on('error', (error: Error) => lose(started, `the thread ended: ${error.message}`));
    started.on('exit', () => lose(started, 'the thread ended'));
    // A thread that waits for calls keeps no process alive.
    started.unref();
    return started;
  }

  function next(): void {
    if (underWay !== null) return;
    underWay = line.shift() ?? null;
    if (underWay === null) return;
    thread ??= startThread();
    const sent = underWay;
    timer = options.clock.startTimer(options.timeoutMs, () => giveUp(sent));
    thread.postMessage(sent.call);
  }

  function take(reply: WorkerReply): void {
    if (underWay?.call.id !== reply.id) return;
    const done = finish();
    if ('error' in reply) done?.reject(fromErrorRecord(reply.error));
    else done?.resolve(reply.value);
    next();
  }

  function finish(): Waiting | null {
    timer?.cancel();
    const done = underWay;
    underWay = null;
    return done;
  }

  function giveUp(call: Waiting): void {
    if (underWay !== call) return;
    void endThread();
    finish()?.reject(
      new WirebookError('SERVER_READ_TIMEOUT', `"${call.call.name}" took longer than ${options.timeoutMs} ms and was given up`),
    );
    next();
  }

  function lose(lost: Worker, why: string): void {
    if (thread !== lost) return;
    thread = null;
    finish()?.reject(new WirebookError('SERVER_INTERNAL', why));
    if (!isClosed) next();
  }

  async function endThread(): Promise<void> {
    const ending = thread;
    thread = null;
    await ending?.terminate();
  }

  return {
    call: (name, args) =>
      new Promise((resolve, reject) => {
        if (isClosed) reject(new WirebookError('ENGINE_STOPPED', 'the server is stopping'));
        else if (line.length >= mostWaiting) reject(new WirebookError('SERVER_READ_TIMEOUT', `${line.length} other calls wait already`));
        else {
          lastId += 1;
          line.push({ call: { id: lastId, name, args }, resolve, reject });
          next();
        }
      }),
    close: async () => {
      isClosed = true;
      const left = line;
      line = [];
      const stopped = new WirebookError('ENGINE_STOPPED', 'the server is stopping');
      for (const { reject } of left) reject(stopped);
      finish()?.reject(stopped);
      await endThread();
    },
  };
}
