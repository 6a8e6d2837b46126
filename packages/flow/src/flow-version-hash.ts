import type { FlowDocument } from './flow-schema.ts';

/**
 * A text of 16 hexadecimal digits that is the same for flows that behave the same: layout, notes, groups, tests, name, description
 * and the order of keys do not count. It tells versions apart; it is no protection against somebody who seeks a collision.
 */
export function flowVersionHash(document: FlowDocument): string {
  const { format, id, settings, nodes, wires } = document;
  const behaviour = {
    format,
    id,
    settings,
    nodes: nodes.map(({ notes: _, ...rest }) => rest),
    wires,
  };
  return hashText(toCanonicalJson(behaviour));
}

/** JSON with the keys of each object in order. */
function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Two lanes of FNV-1a over UTF-16 units, with different starts, each mixed at the end so that every digit depends on every unit. */
function hashText(text: string): string {
  let left = 0x811c9dc5;
  let right = 0x1b873593;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    left = Math.imul(left ^ unit, 0x01000193);
    right = Math.imul((right ^ unit) + index, 0x01000193);
  }
  return `${toHex(mix(left))}${toHex(mix(right ^ left))}`;
}

/** The finishing steps of MurmurHash3: one changed bit changes about half of all. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function toHex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
