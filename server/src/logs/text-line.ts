const levelWords: Readonly<Record<number, string>> = { 10: 'DEBUG', 20: 'DEBUG', 30: 'INFO', 40: 'WARNING', 50: 'ERROR', 60: 'CRITICAL' };
const ownKeys = new Set(['level', 'time', 'msg', 'from']);

/** A line of the log for people: `2026-11-24T12:00:00.000Z INFO [engine] text {"fact":1}`; what is no JSON stays as it is. */
export function toTextLine(line: string): string {
  const record = readRecord(line);
  if (record === null) return line;
  const { level, time, msg, from } = record;
  const facts = Object.fromEntries(Object.entries(record).filter(([key]) => !ownKeys.has(key)));
  const parts = [
    String(time ?? ''),
    (typeof level === 'number' ? levelWords[level] : undefined) ?? 'INFO',
    ...(typeof from === 'string' ? [`[${from}]`] : []),
    // A text of two lines would be taken for two.
    String(msg ?? '').replace(/[\r\n]+/g, ' \\n '),
    ...(Object.keys(facts).length === 0 ? [] : [JSON.stringify(facts)]),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function readRecord(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
