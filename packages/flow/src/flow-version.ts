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

function hashText(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
