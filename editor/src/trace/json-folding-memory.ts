import { type JsonFolding, untouchedFolding } from './json-rows.ts';

const maxPlaces = 300;
const foldings = new Map<string, JsonFolding>();

/** How a tree with this name was folded when it was seen last: in this window, for as long as it is open. */
export function recallFolding(name: string): JsonFolding {
  return foldings.get(name) ?? untouchedFolding;
}

export function keepFolding(name: string, folding: JsonFolding): void {
  foldings.delete(name);
  foldings.set(name, folding);
  for (const oldest of foldings.keys()) {
    if (foldings.size <= maxPlaces) return;
    foldings.delete(oldest);
  }
}
