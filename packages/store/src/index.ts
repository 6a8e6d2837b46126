export { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
export { type OpenLedgerOptions, openLedger } from './ledger.ts';
