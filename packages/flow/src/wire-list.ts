import { WirebookError } from '@wirebook/errors';
import type { FlowWire } from './flow-schema.ts';

/** `n1.out -> n2.in`; equal wires have equal names. */
export function nameWire({ from, to }: FlowWire): string {
  return `${from} -> ${to}`;
}

/**
 * The places in the list of the wires that are to go: of equal ones the last, as often as the wire is named.
 *
 * @throws FLOW_CHANGE_WIRE_UNKNOWN
 */
export function findRemovedWires(present: readonly FlowWire[], removed: readonly FlowWire[]): ReadonlySet<number> {
  const places = new Map<string, number[]>();
  if (removed.length > 0) {
    for (const [index, wire] of present.entries()) {
      const name = nameWire(wire);
      const known = places.get(name);
      if (known === undefined) places.set(name, [index]);
      else known.push(index);
    }
  }
  return new Set(
    removed.map((wire) => {
      const name = nameWire(wire);
      const index = places.get(name)?.pop();
      if (index === undefined) throw new WirebookError('FLOW_CHANGE_WIRE_UNKNOWN', `wire ${name} cannot be removed: it is not in the flow`);
      return index;
    }),
  );
}
