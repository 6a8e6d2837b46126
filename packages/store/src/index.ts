export { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
export { type OpenLedgerOptions, openLedger } from './ledger.ts';
export type { TraceDrops } from './trace-queue.ts';
export type { ListRunsOptions, RunSummary, StoredRun } from './trace-reader.ts';
export type { TraceRetention } from './trace-retention.ts';
export { type OpenTraceStoreOptions, openTraceStore, type TraceCounts, type TraceStore } from './trace-store.ts';
