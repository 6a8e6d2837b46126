const marks = ['passcode:', 'login:'];
const longestMark = 9;

/** Looks for the header names of credentials in a stream, wherever its chunks are cut. */
export function createCredentialWatch(onSeen: () => void): { push(chunk: Buffer): void } {
  let isSeen = false;
  let tail = Buffer.alloc(0);
  return {
    push(chunk) {
      if (isSeen) return;
      const bytes = Buffer.concat([tail, chunk]);
      isSeen = marks.some((mark) => bytes.includes(mark));
      tail = Buffer.from(bytes.subarray(-longestMark));
      if (isSeen) onSeen();
    },
  };
}
