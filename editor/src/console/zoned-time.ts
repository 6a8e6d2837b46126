/**
 * Milliseconds since the epoch of a wall clock in a zone.
 *
 * @param text `2026-11-24T12:04`, as an input for date and time gives it
 * @returns null when it is no time
 */
export function readZonedTime(text: string, timeZone: string): number | null {
  const asUtcMs = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtcMs)) return null;
  // The offset at the first guess may be that of the other side of a clock change; at the second it is right.
  const firstMs = asUtcMs - offsetAt(asUtcMs, timeZone);
  return asUtcMs - offsetAt(firstMs, timeZone);
}

function offsetAt(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const wallMs = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wallMs - Math.floor(atMs / 1000) * 1000;
}
