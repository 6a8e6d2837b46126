const mostNames = 3;

/** The names that come nearest to what was written, the nearest first; all of them when there are few. */
export function findNearestNames(written: string, names: Iterable<string>): readonly string[] {
  const wanted = written.toLowerCase();
  return [...names]
    .map((name) => ({ name, distance: measureDistance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, mostNames)
    .map(({ name }) => name);
}

/** Letters to change, add or take away; fewer when one text is a part of the other. */
function measureDistance(a: string, b: string): number {
  if (b.includes(a) || a.includes(b)) return 0.5;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
