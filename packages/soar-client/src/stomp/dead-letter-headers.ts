/** What the broker sets itself, and what it noted when it gave up on the message. */
const brokerHeaders: ReadonlySet<string> = new Set([
  'destination',
  'message-id',
  'ack',
  'subscription',
  'content-length',
  'redelivered',
  'timestamp',
  'expires',
  'persistent',
  'browser',
  'receipt',
  'transaction',
  'original-destination',
  'originalExpiration',
  'dlqDeliveryFailureCause',
]);

/** The headers of a dead letter that its sender gave it: what it is sent back with. */
export function returnedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !brokerHeaders.has(name) && !name.startsWith('JMSX')));
}
