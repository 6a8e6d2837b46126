import { type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue } from '@wirebook/node-kit';

/** The same words on every machine, whatever its language. */
const language = 'en-GB';

const formats = {
  readable: { dateStyle: 'long', timeStyle: 'short' },
  date: { dateStyle: 'long' },
  time: { timeStyle: 'medium' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const latestMs = 8_640_000_000_000_000;

export interface DateForm {
  readonly format: keyof typeof formats | 'iso';
  /** As the tz database names it. */
  readonly zone: string;
}

/** @throws NODE_INPUT_INVALID for what is no date, or an unknown zone. */
export function toDateText(value: JsonValue, { format, zone }: DateForm): string {
  const ms = typeof value === 'string' ? toMilliseconds(value, zone) : value;
  if (typeof ms !== 'number' || !Number.isFinite(ms) || Math.abs(ms) > latestMs) throw noDate(value);
  if (format === 'iso') return toIsoText(ms, zone);
  const text = new Intl.DateTimeFormat(language, { ...formats[format], timeZone: requireZone(zone) }).format(ms);
  return format === 'readable' ? `${text} ${nameZone(ms, zone)}` : text;
}

/**
 * Milliseconds of a text such as `2026-03-01`, `2026-03-01 12:00` or `2026-03-01T12:00:00+01:00`; without an offset it is meant in the zone.
 *
 * @throws NODE_INPUT_INVALID for what is no date, or an unknown zone.
 */
export function toMilliseconds(value: JsonValue, zone: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const parts =
    typeof value === 'string'
      ? /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(value.trim())
      : null;
  if (parts === null) throw noDate(value);
  const [, date = '', time = '00:00', offset] = parts;
  const asUtc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(asUtc)) throw noDate(value);
  if (offset !== undefined) return asUtc - readOffset(offset);
  // The offset at the guess may be that of the other side of a change of clocks; the second look decides.
  const guess = asUtc - offsetOf(asUtc, zone);
  return asUtc - offsetOf(guess, zone);
}

function toIsoText(ms: number, zone: string): string {
  const offset = offsetOf(ms, zone);
  const local = new Date(ms + offset).toISOString().replace(/\.000Z$|Z$/, '');
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number) => String(Math.trunc(number)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function readOffset(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Milliseconds that a clock of the zone is ahead of UTC. */
function offsetOf(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: requireZone(zone),
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(ms);
  const get = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return local - Math.floor(ms / 1000) * 1000;
}

function nameZone(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(ms);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

function requireZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat(language, { timeZone: zone }).resolvedOptions().timeZone;
  } catch (thrown) {
    throw new WirebookError('NODE_INPUT_INVALID', `field "zone": there is no time zone "${zone}"; Europe/Berlin would be one`, thrown);
  }
}

function noDate(value: JsonValue): WirebookError {
  return new WirebookError(
    'NODE_INPUT_INVALID',
    `field "value": it got ${describeValue(value)}, which is no date; give milliseconds or a text such as 2026-03-01T12:00:00Z`,
  );
}
