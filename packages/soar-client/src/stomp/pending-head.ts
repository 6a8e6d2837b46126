/** The beginning of a head whose end has not arrived. */
export interface PendingHead {
  /** Has room behind the bytes that count, so that a large head in small pieces is not copied with each of them. */
  readonly storage: Buffer;
  readonly sizeBytes: number;
}

/** A copy: a slice would keep the whole chunk in memory. */
export function keepHead(bytes: Buffer): PendingHead {
  return { storage: Buffer.from(bytes), sizeBytes: bytes.length };
}

/** Uses up `head`. */
export function growHead(head: PendingHead, chunk: Buffer): PendingHead {
  const sizeBytes = head.sizeBytes + chunk.length;
  let { storage } = head;
  if (sizeBytes > storage.length) {
    storage = Buffer.allocUnsafe(Math.max(sizeBytes, 2 * storage.length));
    head.storage.copy(storage, 0, 0, head.sizeBytes);
  }
  chunk.copy(storage, head.sizeBytes);
  return { storage, sizeBytes };
}
