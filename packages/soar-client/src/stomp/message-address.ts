/** What a message that cannot be read needs so that it can be settled, and answered. */
const addressNames = ['destination', 'message-id', 'ack', 'subscription', 'reply-to', 'correlation-id'];
/** Values of this size or more are left out. */
const maxValueBytes = 4096;

/** The few headers that are kept of a head over the limit. */
export function pickAddress(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of addressNames) {
    const bytes = Buffer.from(headers[name] ?? '');
    // By way of its bytes: a piece of a text keeps the whole text in memory.
    if (headers[name] !== undefined && bytes.length < maxValueBytes) kept[name] = bytes.toString();
  }
  return kept;
}
