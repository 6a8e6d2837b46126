const datePattern = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** ISO 8601 date, or date and time with a zone, as milliseconds since 1970; a bare date is its midnight in UTC. Undefined for another text. */
export function parseDateText(text: string): number | undefined {
  const day = datePattern.exec(text)?.[1];
  if (day === undefined) return undefined;
  const atMs = Date.parse(text);
  const dayMs = Date.parse(day);
  const isRealDay = !Number.isNaN(dayMs) && new Date(dayMs).toISOString().startsWith(day);
  return isRealDay && !Number.isNaN(atMs) ? atMs : undefined;
}
