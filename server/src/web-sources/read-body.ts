import type { IncomingMessage } from 'node:http';

/** The whole body; undefined when it is longer than may be, and the rest is not read. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    sizeBytes += bytes.length;
    if (sizeBytes > maxBytes) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
