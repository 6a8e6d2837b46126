import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { type FolderFile, type FolderService, toPlainFileName } from '@wirebook/node-kit';

export interface NamedFoldersOptions {
  /** Paths by name. */
  readonly folders: Readonly<Record<string, string>>;
  /** Of one file that is written. */
  readonly maxFileBytes: number;
  readonly ids: { nextId(): string };
}

const newFileMode = 0o640;
const namesShown = 20;

/**
 * Folders of app.config for the files of flows. A name is never a path: it is refused when it holds more than a name, and links are not
 * followed, so that nothing outside the folder can be reached, whoever puts what into it.
 */
export function createNamedFolders({ folders, maxFileBytes, ids }: NamedFoldersOptions): FolderService {
  async function findFolder(name: string): Promise<string> {
    const path = Object.hasOwn(folders, name) ? folders[name] : undefined;
    if (path === undefined) throw unknownFolder(name, Object.keys(folders));
    try {
      return await realpath(path);
    } catch (thrown) {
      throw accessFailed(`folder "${name}" cannot be opened`, thrown);
    }
  }

  async function toPath({ folder, name }: FolderFile): Promise<string> {
    if (name !== toPlainFileName(name) || name.startsWith('.')) {
      throw new WirebookError(
        'FILE_NAME_INVALID',
        `field "name": ${JSON.stringify(name.slice(0, 80))} is no plain name of a file; give one such as report.csv, without folders and not beginning with a dot`,
      );
    }
    return join(await findFolder(folder), name);
  }

  return {
    async open(file, { maxBytes }) {
      const path = await toPath(file);
      const opened = await openRegular(path, file);
      const { size } = await opened.stat();
      if (size > maxBytes) {
        await opened.close();
        const text = `file "${file.name}" in folder "${file.folder}" has ${size} bytes; the limit is ${maxBytes}`;
        throw new WirebookError('FILE_TOO_LARGE', text, undefined, { limitBytes: maxBytes });
      }
      await opened.close();
      return { sizeBytes: size, read: () => readFrom(path, file, maxBytes) };
    },
    async write(file, content, { replaces }) {
      const path = await toPath(file);
      const partPath = `${path.slice(0, -file.name.length)}.${ids.nextId()}.part`;
      try {
        const written = await writeContent(partPath, { content, file, maxBytes: maxFileBytes });
        if (replaces) await rename(partPath, path);
        // A link fails where the name is taken, and a rename would not.
        else await link(partPath, path);
        return written;
      } catch (thrown) {
        if (findCode(thrown) === 'EEXIST') {
          throw new WirebookError(
            'FILE_EXISTS',
            `file "${file.name}" is in folder "${file.folder}" already; give another name, or set whenExists to replace`,
          );
        }
        throw toFileError(thrown, `file "${file.name}" cannot be written to folder "${file.folder}"`);
      } finally {
        await rm(partPath, { force: true });
      }
    },
  };
}

async function openRegular(path: string, { folder, name }: FolderFile): Promise<FileHandle> {
  let opened: FileHandle;
  try {
    opened = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (thrown) {
    const code = findCode(thrown);
    if (code === 'ENOENT') throw new WirebookError('FILE_NOT_FOUND', `there is no file "${name}" in folder "${folder}"`);
    if (code === 'ELOOP') throw new WirebookError('FILE_NAME_INVALID', `"${name}" in folder "${folder}" is a link; links are not followed`);
    throw accessFailed(`file "${name}" in folder "${folder}" cannot be read`, thrown);
  }
  if ((await opened.stat()).isFile()) return opened;
  await opened.close();
  throw new WirebookError('FILE_NAME_INVALID', `"${name}" in folder "${folder}" is no file`);
}

/** Opened again for each reading; it may have grown or gone since. */
async function* readFrom(path: string, file: FolderFile, maxBytes: number): AsyncIterable<Uint8Array> {
  const opened = await openRegular(path, file);
  let sizeBytes = 0;
  try {
    for await (const chunk of opened.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes)
        throw new WirebookError('FILE_TOO_LARGE', `file "${file.name}" grew beyond ${maxBytes} bytes while it was read`);
      yield chunk;
    }
  } catch (thrown) {
    throw toFileError(thrown, `file "${file.name}" in folder "${file.folder}" cannot be read`);
  } finally {
    await opened.close();
  }
}

async function writeContent(
  path: string,
  {
    content,
    file,
    maxBytes,
  }: { readonly content: Parameters<FolderService['write']>[1]; readonly file: FolderFile; readonly maxBytes: number },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  const opened = await open(path, 'wx', newFileMode);
  let sizeBytes = 0;
  try {
    for await (const chunk of content) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) {
        throw new WirebookError(
          'FILE_TOO_LARGE',
          `file "${file.name}" is larger than ${maxBytes} bytes, the limit file_max_bytes of [wirebook]`,
        );
      }
      hash.update(chunk);
      for (let written = 0; written < chunk.byteLength; ) written += (await opened.write(chunk, written)).bytesWritten;
    }
    await opened.sync();
  } finally {
    await opened.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

function unknownFolder(name: string, names: readonly string[]): WirebookError {
  const instead =
    names.length === 0
      ? 'app.config names none; add file_folders = name=/absolute/path to its section [wirebook]'
      : `app.config names: ${names.slice(0, namesShown).join(', ')}`;
  return new WirebookError('FILE_FOLDER_UNKNOWN', `field "folder": there is no folder "${name}"; ${instead}`);
}

function toFileError(thrown: unknown, what: string): unknown {
  return findCode(thrown) === undefined || thrown instanceof WirebookError ? thrown : accessFailed(what, thrown);
}

/** The path of the folder is the operator's, not the flow's: it stays out of the message. */
function accessFailed(what: string, thrown: unknown): WirebookError {
  return new WirebookError('FILE_ACCESS_FAILED', `${what} (${findCode(thrown) ?? 'unknown reason'})`);
}

function findCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}
