const shownCount = 5;

export interface NameCandidate {
  readonly name: string;
  readonly label: string;
}

/** Names that somebody may have meant, the closest first: by label, by part, by a few wrong letters. */
export function findCloseNames(wanted: string, candidates: readonly NameCandidate[]): readonly string[] {
  const lowerWanted = wanted.toLowerCase();
  const farthest = Math.max(2, Math.floor(wanted.length / 3));
  return candidates
    .map(({ name, label }) => ({ name, distance: rateDistance(lowerWanted, name.toLowerCase(), label.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, shownCount)
    .map(({ name }) => name);
}

function rateDistance(wanted: string, name: string, label: string): number {
  if (wanted === label || wanted === name) return 0;
  if (wanted.length > 2 && (name.includes(wanted) || label.includes(wanted))) return 1;
  return Math.min(countEdits(wanted, name), countEdits(wanted, label));
}

/** Letters to insert, delete or replace (Levenshtein). */
function countEdits(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      line.push(Math.min(replaced, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    above = line;
  }
  return above[to.length] ?? 0;
}
