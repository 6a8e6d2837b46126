import { parentPort, workerData } from 'node:worker_threads';
import { createSystemClock } from '../system-clock.ts';
import { cancelledSlot, runningSlot, type WorkerAnswer, type WorkerCommand, type WorkerStart } from './script-messages.ts';
import { openSandbox, type Sandbox } from './script-realm.ts';

/** Answers wait for others at most so long, in milliseconds. */
const flushAfterMs = 2;

/** Runs scripts one after another. Nothing but JSON text comes in or goes out. */
async function startWorker(start: WorkerStart, port: NonNullable<typeof parentPort>): Promise<void> {
  const board = new Int32Array(start.board);
  const clock = createSystemClock();
  const open = (): Promise<Sandbox> =>
    openSandbox({ memoryBytes: start.memoryBytes, cancelledId: () => Atomics.load(board, cancelledSlot), clock });
  let sandbox = await open();
  const waiting: WorkerCommand[number][] = [];
  let isBusy = false;

  const work = async (): Promise<void> => {
    let answers: WorkerAnswer[] = [];
    let lastFlushMs = clock.monotonicMs();
    for (let call = waiting.shift(); call !== undefined; call = waiting.shift()) {
      Atomics.store(board, runningSlot, call.id);
      answers.push(sandbox.run(call));
      Atomics.store(board, runningSlot, 0);
      if (clock.monotonicMs() - lastFlushMs > flushAfterMs || !sandbox.isUsable) {
        port.postMessage(answers);
        answers = [];
        lastFlushMs = clock.monotonicMs();
      }
      if (!sandbox.isUsable) {
        sandbox.close();
        sandbox = await open();
      }
    }
    if (answers.length > 0) port.postMessage(answers);
  };

  port.on('message', (command: WorkerCommand) => {
    waiting.push(...command);
    if (isBusy) return;
    isBusy = true;
    void work().then(() => {
      isBusy = false;
    });
  });
}

const start: WorkerStart = workerData;
if (parentPort !== null) await startWorker(start, parentPort);
