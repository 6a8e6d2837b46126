import type { PlatformUpload, SizedContent } from '@wirebook/node-kit';

export interface MultipartBody extends SizedContent {
  readonly contentType: string;
}

/**
 * A multipart/form-data body of a known length, read anew for each try.
 *
 * @param boundary must not occur in the content; chance makes that certain enough.
 */
export function toMultipart({ field, fileName, contentType, content, parts = {} }: PlatformUpload, boundary: string): MultipartBody {
  const encode = (text: string) => Buffer.from(text, 'utf8');
  const texts = Object.entries(parts).map(([name, text]) =>
    encode(`--${boundary}\r\ncontent-disposition: form-data; name="${quote(name)}"\r\n\r\n${text}\r\n`),
  );
  const head = encode(
    `--${boundary}\r\ncontent-disposition: form-data; name="${quote(field)}"; filename="${quote(fileName)}"\r\n` +
      `content-type: ${contentType.replace(/[^\x20-\x7e]/g, '')}\r\n\r\n`,
  );
  const tail = encode(`\r\n--${boundary}--\r\n`);
  const before = Buffer.concat([...texts, head]);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: before.length + content.sizeBytes + tail.length,
    async *read() {
      yield before;
      yield* content.read();
      yield tail;
    },
  };
}

/** As browsers do it: what would end the name, or the line, is written as an escape. */
function quote(name: string): string {
  return name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
}
