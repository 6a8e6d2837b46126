import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `wirebook run` keeps the ledger in its data folder, the engine of `wirebook start` in a folder below. */
export function findLedgerFolder(dataDir: string): string {
  return existsSync(join(dataDir, 'ledger.db')) ? dataDir : join(dataDir, 'engine');
}
