/** One of what a list is called after: `case` of `Cases`, `key column` of `Key columns`. */
export function nameOne(title: string): string {
  const lower = title.slice(0, 1).toLowerCase() + title.slice(1);
  if (lower.endsWith('ies')) return `${lower.slice(0, -3)}y`;
  return lower.endsWith('s') && !lower.endsWith('ss') ? lower.slice(0, -1) : lower;
}
