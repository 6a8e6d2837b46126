import type { FlowDocument } from './flow-schema.ts';

/**
 * A short name for the behaviour of a flow: 16 hex digits over everything but layout, notes, groups, tests and descriptions. Two
 * documents with one name behave alike. For telling versions apart, not for security.
 */
export function flowVersionHash(document: FlowDocument): string {
  const { id, settings, nodes, wires } = document;
  const behaviour = {
    id,
    settings,
    nodes: nodes.map(({ notes: _notes, ...node }) => node).sort((a, b) => compare(a.id, b.id)),
    wires: [...wires].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
  };
  return hashText(JSON.stringify(withSortedKeys(behaviour)));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, item]) => [key, withSortedKeys(item)]),
  );
}

/** FNV-1a, 64 bits, over UTF-8. */
function hashText(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
