import { parentPort } from 'node:worker_threads';
import { toErrorRecord, toWirebookError } from '@wirebook/errors';
import type { WorkerCall, WorkerReply } from './worker-calls.ts';

/** What a worker can be asked, by name. */
export type WorkerFunctions = Readonly<Record<string, (args: never) => unknown>>;

/** Answers the calls that `createWorkerCalls` sends to this thread. */
export function serveCalls(functions: WorkerFunctions): void {
  const port = parentPort;
  if (port === null) throw new Error('this script runs in a worker thread only');
  port.on('message', (call: WorkerCall) => {
    answer(functions, call).then(
      (reply) => port.postMessage(reply),
      (thrown: unknown) => port.postMessage({ id: call.id, error: toErrorRecord(toWirebookError(thrown, 'SERVER_INTERNAL')) }),
    );
  });
}

async function answer(functions: WorkerFunctions, { id, name, args }: WorkerCall): Promise<WorkerReply> {
  try {
    const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (called === undefined) throw new Error(`there is no function "${name}"`);
    return { id, value: await called(args as never) };
  } catch (thrown) {
    return { id, error: toErrorRecord(toWirebookError(thrown, 'SERVER_INTERNAL')) };
  }
}
