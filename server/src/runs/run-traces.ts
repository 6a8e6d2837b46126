import type { Clock } from '@wirebook/node-kit';
import { createWorkerCalls } from '../workers/worker-calls.ts';
import type { TraceQueries } from './trace-queries.ts';

/** {@link TraceQueries} asked from another thread. */
export type RunTraces = {
  readonly [Name in Exclude<keyof TraceQueries, 'close'>]: (
    ...args: Parameters<TraceQueries[Name]>
  ) => Promise<ReturnType<TraceQueries[Name]>>;
} & { close(): Promise<void> };

const timeoutMs = 15_000;
const memoryMb = 512;
/** Node 20 cannot run TypeScript: from sources the built worker is used. */
const script = new URL(import.meta.url.endsWith('.ts') ? '../../dist/runs/trace-worker.js' : './trace-worker.js', import.meta.url);

/** Reads the traces of the engine in a thread, so that no read holds the server. */
export function openRunTraces({ path, clock }: { readonly path: string; readonly clock: Clock }): RunTraces {
  const worker = createWorkerCalls({ script, workerData: { path }, timeoutMs, memoryMb, clock });
  const ask =
    <Name extends Exclude<keyof TraceQueries, 'close'>>(name: Name) =>
    async (...[args]: Parameters<TraceQueries[Name]>) =>
      // The thread runs the same functions.
      (await worker.call(name, args)) as ReturnType<TraceQueries[Name]>;
  return {
    listRuns: ask('listRuns'),
    findLastRuns: ask('findLastRuns'),
    findHead: ask('findHead'),
    findNewestOf: ask('findNewestOf'),
    getRun: ask('getRun'),
    getValue: ask('getValue'),
    getRecorded: ask('getRecorded'),
    close: () => worker.close(),
  };
}
