import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useServices } from './services.tsx';
import { startTimer } from './system-clock.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const exactOptions = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
} as const;
const timeOfDayOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' } as const;

/** To make a formatter takes a hundred times longer than to use it, and lists draw hundreds of times a second. */
const formats = new Map<string, Intl.DateTimeFormat>();

function getFormat(name: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const format = formats.get(name) ?? make();
  formats.set(name, format);
  return format;
}

/** `2026-11-24 12:04:09 CET`: like ISO, with the name of the zone. */
export function formatTime(atMs: number, timeZone: string): string {
  const format = getFormat(`exact ${timeZone}`, () => new Intl.DateTimeFormat('en-CA', { timeZone, ...exactOptions }));
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${read('year')}-${read('month')}-${read('day')} ${read('hour')}:${read('minute')}:${read('second')} ${read('timeZoneName')}`;
}

/** `12:04:09.123` in the zone of the product. */
export function formatTimeOfDay(atMs: number, timeZone: string): string {
  return getFormat(`day ${timeZone}`, () => new Intl.DateTimeFormat('en-GB', { timeZone, ...timeOfDayOptions })).format(atMs);
}

/** `12:04` in the zone of the product. */
export function formatClock(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** `just now`, `12 s ago`, `3 min ago`, `5 h ago`, `2 d ago`. */
export function formatAge(atMs: number, nowMs: number): string {
  const age = Math.max(0, nowMs - atMs);
  return age < 2 * secondMs ? 'just now' : `${formatSpan(atMs, nowMs)} ago`;
}

/** `0 s`, `12 s`, `3 min`, `5 h`, `2 d`. */
export function formatSpan(atMs: number, nowMs: number): string {
  const span = Math.max(0, nowMs - atMs);
  if (span < minuteMs) return `${Math.floor(span / secondMs)} s`;
  if (span < hourMs) return `${Math.floor(span / minuteMs)} min`;
  if (span < dayMs) return `${Math.floor(span / hourMs)} h`;
  return `${Math.floor(span / dayMs)} d`;
}

/** `840 ms`, `12.4 s`, `3 min 20 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < secondMs) return `${Math.round(durationMs)} ms`;
  if (durationMs < minuteMs) return `${(durationMs / secondMs).toFixed(1)} s`;
  return `${Math.floor(durationMs / minuteMs)} min ${Math.round((durationMs % minuteMs) / secondMs)} s`;
}

/** A relative time that keeps itself true, or with `isSpan` how long it is since; the exact one is in its tooltip. */
export function TimeText({ atMs, isSpan = false }: { readonly atMs: number; readonly isSpan?: boolean }) {
  const { now, session } = useServices();
  const nowMs = useNow(now, atMs);
  const exact = formatTime(atMs, session.product.timeZone);
  return (
    <Tooltip label={exact}>
      <time dateTime={new Date(atMs).toISOString()}>{isSpan ? formatSpan(atMs, nowMs) : formatAge(atMs, nowMs)}</time>
    </Tooltip>
  );
}

/** The time, asked again as often as the text of an age changes. */
function useNow(now: () => number, atMs: number): number {
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const age = nowMs - atMs;
    return startTimer(age < minuteMs ? secondMs : minuteMs / 2, () => setNowMs(now()));
  }, [now, nowMs, atMs]);
  return nowMs;
}
