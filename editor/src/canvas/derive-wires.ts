import { parseWireEnd } from '@wirebook/flow';
import type { Edge } from '@xyflow/react';
import type { FlowState } from '../state/flow-store.ts';

interface WireFace extends Record<string, unknown> {
  /** Name of an output that the config lists; other outputs need none. */
  readonly portLabel: string | null;
  readonly isError: boolean;
}

export type CanvasWire = Edge<WireFace, 'flow-wire'>;

type Source = Pick<FlowState, 'document' | 'nodeTypes' | 'selectedWires'>;

/** A wire as its name in the store: `from>to`. Wires drawn twice are drawn once. */
export function nameOfWire({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}>${to}`;
}

/** The wires between nodes that exist; a wire of which nothing changed is the very object of `previous`. */
export function deriveWires(previous: readonly CanvasWire[], { document, nodeTypes, selectedWires }: Source): CanvasWire[] {
  const before = new Map(previous.map((wire) => [wire.id, wire]));
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const drawn = new Map<string, CanvasWire>();
  for (const wire of document.wires) {
    const from = parseWireEnd(wire.from);
    const to = parseWireEnd(wire.to);
    const source = nodes.get(from.nodeId);
    const target = nodes.get(to.nodeId);
    if (source === undefined || target === undefined) continue;
    const id = nameOfWire(wire);
    const old = before.get(id);
    const descriptor = nodeTypes.findDescriptor(source.type);
    const isError = from.port === 'error';
    // Otherwise and its like stand beside the listed ones, so they are named too.
    const isListed = descriptor?.outputsFromConfig !== undefined && !isError;
    const portLabel = isListed ? from.port : null;
    const ariaLabel = `Wire from ${source.name} (${from.port}) to ${target.name} (${to.port})`;
    const isSelected = selectedWires.has(id);
    const isKept = old !== undefined && old.selected === isSelected && old.ariaLabel === ariaLabel && old.data?.portLabel === portLabel;
    drawn.set(
      id,
      isKept
        ? old
        : {
            id,
            type: 'flow-wire',
            source: from.nodeId,
            sourceHandle: from.port,
            target: to.nodeId,
            targetHandle: to.port,
            selected: isSelected,
            data: { portLabel, isError },
            ariaLabel,
          },
    );
  }
  return [...drawn.values()];
}
