import { join } from 'node:path';
import type { Ledger } from '@wirebook/engine';
import type { FolderService, IdSource } from '@wirebook/node-kit';
import type { FileConfig } from '@wirebook/package-kit';
import { openRunFiles, type RunFilesStore } from '@wirebook/store';
import { createNamedFolders } from './named-folders.ts';

export interface EngineFilesOptions {
  /** What app.config says; its defaults, and no folders, unless given. */
  readonly config: FileConfig | undefined;
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly ids: IdSource;
}

const defaultConfig: FileConfig = { maxFileBytes: 100_000_000, maxBytes: 2_000_000_000, maxCount: 10_000, folders: {} };

/** Files that flows work with: those of their runs, and those in folders of this machine. */
export function openEngineFiles({ config = defaultConfig, dataDir, ledger, ids }: EngineFilesOptions): {
  readonly files: RunFilesStore;
  readonly folders: FolderService;
} {
  return {
    files: openRunFiles({ folder: join(dataDir, 'files'), limits: config, ids, listOpenRunIds: () => ledger.listOpenRunIds() }),
    folders: createNamedFolders({ folders: config.folders, maxFileBytes: config.maxFileBytes, ids }),
  };
}
