import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFile, RunFileHandle, RunFiles } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { getFileId, toPlainFileName } from '@wirebook/node-kit';
import { parseFileFacts } from './parse-file-facts.ts';
import { toStoreError } from './store-error.ts';

export interface RunFilesLimits {
  /** Of one file. */
  readonly maxFileBytes: number;
  /** Of all files of runs that are under way. */
  readonly maxBytes: number;
  readonly maxCount: number;
}

export interface OpenRunFilesOptions {
  /** It is made when it is not there. */
  readonly folder: string;
  readonly limits: RunFilesLimits;
  readonly ids: { nextId(): string };
  /** Runs whose files are still needed; those of all others go. Asked only where there are any. */
  readonly listOpenRunIds: () => readonly string[];
}

export interface RunFilesStore extends RunFiles {
  /** Removes files of runs that are over. */
  prune(): void;
  counts(): { readonly files: number; readonly bytes: number };
}

/** Files hold what cases hold. */
const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;
/** Ids of runs are ours, but they come back from the disk. */
const plainId = /^[A-Za-z0-9_-]{1,64}$/;

interface RunFolder {
  files: number;
  bytes: number;
}

/**
 * Keeps each file in a folder of its run: the content first, on the disk, then what is known of it. A file counts once both are there,
 * so that a kill leaves whole files or nothing.
 *
 * @throws STORE_FAILED
 */
export function openRunFiles(options: OpenRunFilesOptions): RunFilesStore {
  const { limits, ids } = options;
  const runs = new Map<string, RunFolder>();
  let totalFiles = 0;
  let totalBytes = 0;
  const toFolder = (runId: string) => join(options.folder, runId);

  function count(runId: string, files: number, bytes: number): void {
    const run = runs.get(runId) ?? { files: 0, bytes: 0 };
    runs.set(runId, { files: run.files + files, bytes: run.bytes + bytes });
    totalFiles += files;
    totalBytes += bytes;
  }

  function drop(runId: string): void {
    const run = runs.get(runId);
    if (run === undefined) return;
    runs.delete(runId);
    totalFiles -= run.files;
    totalBytes -= run.bytes;
    removeQuietly(toFolder(runId));
  }

  function prune(): void {
    if (runs.size === 0) return;
    const openIds = new Set(options.listOpenRunIds());
    for (const runId of [...runs.keys()]) if (!openIds.has(runId)) drop(runId);
  }

  async function save(runId: string, file: RunFile): Promise<RunFileHandle> {
    const id = ids.nextId();
    const name = toPlainFileName(file.name);
    if (totalFiles >= limits.maxCount) {
      throw new WirebookError(
        'FILE_SPACE_FULL',
        `file "${name}": ${limits.maxCount} files of runs are kept already, the limit files_max_count`,
      );
    }
    const path = join(toFolder(runId), id);
    // What is being written counts at once: several files may come at the same time.
    count(runId, 1, 0);
    let sizeBytes = 0;
    const grow = (bytes: number) => {
      sizeBytes += bytes;
      count(runId, 0, bytes);
      const maxBytes = Math.min(limits.maxFileBytes, file.maxBytes ?? limits.maxFileBytes);
      if (sizeBytes > maxBytes) throw tooLarge(name, maxBytes, maxBytes === limits.maxFileBytes);
      if (totalBytes <= limits.maxBytes) return;
      throw new WirebookError(
        'FILE_SPACE_FULL',
        `file "${name}": files of runs would take more than ${limits.maxBytes} bytes, the limit files_max_bytes`,
      );
    };
    try {
      mkdirSync(toFolder(runId), { recursive: true, mode: ownerOnlyFolder });
      const sha256 = await writeContent(`${path}.part`, file.content, grow);
      const contentType = toContentType(file.contentType);
      const handle: RunFileHandle = { file: id, name, contentType, sizeBytes, sha256 };
      await rename(`${path}.part`, `${path}.data`);
      await writeFile(`${path}.json.part`, JSON.stringify(handle), { mode: ownerOnlyFile, flush: true });
      await rename(`${path}.json.part`, `${path}.json`);
      return handle;
    } catch (thrown) {
      if (runs.has(runId)) count(runId, -1, -sizeBytes);
      for (const ending of ['part', 'data', 'json.part']) removeQuietly(`${path}.${ending}`);
      throw isFromDisk(thrown) ? toStoreError(thrown, `keep the file "${name}"`) : thrown;
    }
  }

  async function openFile(runId: string, value: Parameters<RunFiles['open']>[1]) {
    const id = getFileId(value);
    const handle = runs.has(runId) ? await readFacts(join(toFolder(runId), `${id}.json`)) : undefined;
    if (handle === undefined) {
      throw new WirebookError(
        'FILE_UNKNOWN',
        `file "${id}" is none of this run; files are kept for the run that read or made them, until it is over`,
      );
    }
    const path = join(toFolder(runId), `${id}.data`);
    return { handle, read: () => readContent(path, handle.name) };
  }

  /** Whole files of open runs stay, all else goes. */
  function takeStock(): void {
    mkdirSync(options.folder, { recursive: true, mode: ownerOnlyFolder });
    const found = readdirSync(options.folder).filter((name) => plainId.test(name));
    const openIds = found.length === 0 ? new Set<string>() : new Set(options.listOpenRunIds());
    for (const runId of found) {
      if (!openIds.has(runId)) {
        removeQuietly(toFolder(runId));
        continue;
      }
      const names = readdirSync(toFolder(runId));
      for (const name of names) {
        const isWhole =
          /\.(?:data|json)$/.test(name) &&
          names.includes(name.replace(/\.\w+$/, '.json')) &&
          names.includes(name.replace(/\.\w+$/, '.data'));
        if (!isWhole) removeQuietly(join(toFolder(runId), name));
        else if (name.endsWith('.data')) count(runId, 1, statSync(join(toFolder(runId), name)).size);
      }
    }
  }

  try {
    takeStock();
  } catch (thrown) {
    throw toStoreError(thrown, `open the folder ${options.folder}`);
  }
  return { save, open: openFile, drop, prune, counts: () => ({ files: totalFiles, bytes: totalBytes }) };
}

async function writeContent(path: string, content: RunFile['content'], grow: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', ownerOnlyFile);
  try {
    for await (const chunk of content) {
      grow(chunk.byteLength);
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.byteLength; ) written += (await file.write(chunk, written)).bytesWritten;
}

async function* readContent(path: string, name: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (thrown) {
    throw isFromDisk(thrown) ? toStoreError(thrown, `read the file "${name}"`) : thrown;
  }
}

async function readFacts(path: string): Promise<RunFileHandle | undefined> {
  try {
    return parseFileFacts(await readFile(path, 'utf8'), path);
  } catch (thrown) {
    if (isFromDisk(thrown) && thrown.code === 'ENOENT') return undefined;
    throw isFromDisk(thrown) ? toStoreError(thrown, `read ${path}`) : thrown;
  }
}

function tooLarge(name: string, maxBytes: number, isConfigured: boolean): WirebookError {
  const limit = isConfigured ? 'the limit file_max_bytes of [wirebook]' : 'the limit of the node or the platform';
  return new WirebookError('FILE_TOO_LARGE', `file "${name}" is larger than ${maxBytes} bytes, ${limit}`, undefined, {
    limitBytes: maxBytes,
  });
}

/** What could not be sent as a header is not kept. */
function toContentType(text: string): string {
  return /^[\w.+-]+\/[\w.+-]+(?:\s*;[\x20-\x7e]*)?$/.test(text) ? text : 'application/octet-stream';
}

function isFromDisk(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && !(thrown instanceof WirebookError) && 'syscall' in thrown && 'code' in thrown;
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (thrown) {
    // It goes at the next start; what is in the way then is told when a file is written.
    if (!isFromDisk(thrown)) throw thrown;
  }
}
