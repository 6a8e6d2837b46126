const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const unitMs: Readonly<Record<string, number>> = {
  ...Object.fromEntries(units),
  m: 60_000,
  sec: 1000,
};

/** `1 h 30 min`, `10 s`, `1.5 s`, `250 ms`; exact, so that it reads back as the same number. */
export function showDurationText(ms: number): string {
  if (!Number.isInteger(ms) || ms < 0) return JSON.stringify(ms);
  if (ms === 0) return '0 s';
  // A fraction of a few seconds reads better than seconds and milliseconds.
  if (ms > 1000 && ms < 60_000) return `${ms / 1000} s`;
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
  }
  return parts.join(' ');
}

const whole = /^(?:\d+(?:[.,]\d+)?\s*[a-z]+\s*)+$/i;
const part = /(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi;

/** Milliseconds of `10 s`, `1 h 30 min` or a bare `250`, which counts milliseconds; nothing; or else the text, which is no duration. */
export function readDurationText(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  if (!whole.test(trimmed)) return text;
  let total = 0;
  for (const [, amount = '', unit = ''] of trimmed.matchAll(part)) {
    const size = unitMs[unit.toLowerCase()];
    if (size === undefined) return text;
    total += Number(amount.replace(',', '.')) * size;
  }
  // 0.1 has no exact form in binary: what is off by that little is whole.
  const rounded = Math.round(total);
  return Math.abs(total - rounded) < 1e-6 ? rounded : text;
}
