import { join } from 'node:path';
import type { LedgerCounts, PoisonMessage } from '@wirebook/engine';
import { createSystemClock } from '@wirebook/engine';
import { openLedger, openTraceStore, type StoredRun } from '@wirebook/store';
import type { TraceEvent, TraceEventType } from '@wirebook/trace';

const clock = createSystemClock();
const readLimit = 100_000;

/** The events of one type. */
export type EventOf<Type extends TraceEventType> = Extract<TraceEvent, { readonly type: Type }>;

/** Every run in the data folder of an engine that runs or has ended, newest first. */
export async function readRuns(dataDir: string): Promise<readonly StoredRun[]> {
  const store = openTraceStore({ path: join(dataDir, 'trace.db'), clock });
  try {
    return store.listRuns({ limit: readLimit }).flatMap(({ head }) => store.getRun(head.runId) ?? []);
  } finally {
    await store.close();
  }
}

/** The run that a message of the platform caused, as far as it is in the trace. */
export async function findRun(dataDir: string, callId: number): Promise<StoredRun | undefined> {
  const runs = await readRuns(dataDir);
  return runs.find(({ head }) => head.correlationId === `invid:${callId}`);
}

/** The run that a message of the platform caused, when its end is in the trace. */
export async function findFinishedRun(dataDir: string, callId: number): Promise<StoredRun | undefined> {
  const run = await findRun(dataDir, callId);
  return run?.outcome === null ? undefined : run;
}

/** What lies in the poison tray, oldest first. */
export function readPoison(dataDir: string): readonly PoisonMessage[] {
  const ledger = openLedger({ path: join(dataDir, 'ledger.db'), clock });
  try {
    return ledger.listPoison(readLimit);
  } finally {
    ledger.close();
  }
}

/** What lies in the ledger of an engine that has ended. */
export function readLedgerCounts(dataDir: string): LedgerCounts {
  const ledger = openLedger({ path: join(dataDir, 'ledger.db'), clock });
  try {
    return ledger.count();
  } finally {
    ledger.close();
  }
}

export function eventsOf<Type extends TraceEventType>(run: StoredRun, type: Type): readonly EventOf<Type>[] {
  return run.events.filter((event): event is EventOf<Type> => event.type === type);
}

/** Tries of REST calls in the order they were made, such as `PUT 409`; a try without an answer shows its code. */
export function describeCalls(run: StoredRun): readonly string[] {
  return eventsOf(run, 'call.attempted').map(({ method, status, code }) => `${method} ${status ?? code}`);
}
