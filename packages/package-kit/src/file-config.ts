import type { OptionReader } from './option-reader.ts';

/** Files of runs, and the folders of this machine that flows may read and write. */
export interface FileConfig {
  /** `file_max_bytes`: of one file; 100 MB when absent. */
  readonly maxFileBytes: number;
  /** `files_max_bytes`, `files_max_count`: of all files of runs under way; 2 GB and 10,000 when absent. */
  readonly maxBytes: number;
  readonly maxCount: number;
  /** `file_folders`, e.g. `reports=/srv/reports, lists=/srv/lists`: paths by the names that flows know; none when absent. */
  readonly folders: Readonly<Record<string, string>>;
}

export const servedFileOptions = ['file_max_bytes', 'files_max_bytes', 'files_max_count', 'file_folders'] as const;

const mebibyte = 1_048_576;
const entryPattern = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\s*=\s*(\/.*|[A-Za-z]:[\\/].*)$/;

/** @throws CONFIG_OPTION_INVALID */
export function readFileConfig(options: OptionReader): FileConfig {
  return {
    maxFileBytes: options.readInteger('file_max_bytes', { min: 1, max: 10_000 * mebibyte, fallback: 100_000_000 }),
    maxBytes: options.readInteger('files_max_bytes', { min: 1, max: 1_000_000_000_000, fallback: 2_000_000_000 }),
    maxCount: options.readInteger('files_max_count', { min: 1, max: 10_000_000, fallback: 10_000 }),
    folders: readFolders(options),
  };
}

function readFolders(options: OptionReader): FileConfig['folders'] {
  const folders = new Map<string, string>();
  const entries = (options.findText('file_folders') ?? '').split(/[,\n]/).map((entry) => entry.trim());
  for (const entry of entries.filter((text) => text !== '')) {
    const [, name, path] = entryPattern.exec(entry) ?? [];
    if (name === undefined || path === undefined || folders.has(name)) {
      throw options.refuse('file_folders', 'names with absolute paths, each name once, as reports=/srv/reports, lists=/srv/lists');
    }
    folders.set(name, path.trim());
  }
  return Object.fromEntries(folders);
}
