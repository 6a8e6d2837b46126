import { createHash } from 'node:crypto';
import { WirebookError } from '@wirebook/errors';
import type { FolderService } from '@wirebook/node-kit';

/** Folders in memory. */
export interface FakeFolders extends FolderService {
  /** Contents by `folder/name`; a folder is there once it has a file, or is named in `names`. */
  readonly contents: Map<string, Buffer>;
}

export function createFakeFolders(names: readonly string[] = ['exports']): FakeFolders {
  const contents = new Map<string, Buffer>();

  function toKey({ folder, name }: { readonly folder: string; readonly name: string }): string {
    if (!names.includes(folder))
      throw new WirebookError('FILE_FOLDER_UNKNOWN', `folder "${folder}" is not named; there are: ${names.join(', ')}`);
    if (/[/\\]/.test(name)) throw new WirebookError('FILE_NAME_INVALID', `"${name}" is no plain name`);
    return `${folder}/${name}`;
  }

  return {
    contents,
    async open(file, { maxBytes }) {
      const bytes = contents.get(toKey(file));
      if (bytes === undefined) throw new WirebookError('FILE_NOT_FOUND', `there is no file "${file.name}"`);
      if (bytes.byteLength > maxBytes) throw new WirebookError('FILE_TOO_LARGE', `file "${file.name}" is larger than ${maxBytes} bytes`);
      return {
        sizeBytes: bytes.byteLength,
        async *read() {
          yield bytes;
        },
      };
    },
    async write(file, content, { replaces }) {
      const key = toKey(file);
      if (!replaces && contents.has(key)) throw new WirebookError('FILE_EXISTS', `file "${file.name}" is there already`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      contents.set(key, bytes);
      return { sizeBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}
