import { workerData } from 'node:worker_threads';
import { serveCalls } from '../workers/serve-calls.ts';
import { createTraceQueries } from './trace-queries.ts';

const start: { readonly path: string } = workerData;

serveCalls({ ...createTraceQueries(start.path) });
