import { createHash } from 'node:crypto';
import { WirebookError } from '@wirebook/errors';
import { type FileHandle, type FileService, getFileId, toPlainFileName } from '@wirebook/node-kit';

/** Files in memory, of one run. */
export interface FakeFiles extends FileService {
  /** Saves a text as a file. */
  put(name: string, content: string | Uint8Array, contentType?: string): Promise<FileHandle>;
  /** The content of a file, as text. */
  text(handle: FileHandle): string;
  readonly handles: readonly FileHandle[];
}

const maxFileBytes = 10_000_000;

export function createFakeFiles(): FakeFiles {
  const contents = new Map<string, Buffer>();
  const handles: FileHandle[] = [];

  const files: FakeFiles = {
    handles,
    async save({ name, contentType, content, maxBytes = maxFileBytes }) {
      const chunks: Uint8Array[] = [];
      let sizeBytes = 0;
      for await (const chunk of content) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > maxBytes) throw new WirebookError('FILE_TOO_LARGE', `file "${name}" is larger than ${maxBytes} bytes`);
        chunks.push(chunk);
      }
      const bytes = Buffer.concat(chunks);
      const file = `file${handles.length + 1}`;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const handle = { file, name: toPlainFileName(name), contentType, sizeBytes, sha256 };
      contents.set(file, bytes);
      handles.push(handle);
      return handle;
    },
    async open(value) {
      const id = getFileId(value);
      const handle = handles.find(({ file }) => file === id);
      const bytes = contents.get(id);
      if (handle === undefined || bytes === undefined) throw new WirebookError('FILE_UNKNOWN', `file "${id}" is none of this run`);
      return {
        handle,
        async *read() {
          yield bytes;
        },
      };
    },
    put: (name, content, contentType = 'text/plain') =>
      files.save({ name, contentType, content: [typeof content === 'string' ? Buffer.from(content) : content] }),
    text: ({ file }) => contents.get(file)?.toString('utf8') ?? '',
  };
  return files;
}
