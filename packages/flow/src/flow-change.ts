import type { FlowDocument, FlowNode, FlowSettings, FlowWire, RetryPolicy } from './flow-schema.ts';

/** Where a node stands on the canvas, in canvas units. */
export type FlowPoint = readonly [x: number, y: number];

/**
 * Adds nodes with their wires; a wire may also lead to or from a node that is there. A node without a position is left to the editor
 * to place.
 */
export interface NodesAdded {
  readonly kind: 'nodes-added';
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
  readonly positions: Readonly<Record<string, FlowPoint>>;
  /** The index of each node in the list of the flow afterwards, ascending; without it they come last. */
  readonly at?: readonly number[];
  /** The same for the wires. */
  readonly wiresAt?: readonly number[];
}

/** Removes nodes, all their wires and their positions. */
export interface NodesRemoved {
  readonly kind: 'nodes-removed';
  readonly nodeIds: readonly string[];
  /** The layout loses its list of positions when that is empty afterwards: undo in a flow that had none. */
  readonly dropsEmptyPositions?: boolean;
}

export interface NodesMoved {
  readonly kind: 'nodes-moved';
  /** Null takes the position of a node away. */
  readonly positions: Readonly<Record<string, FlowPoint | null>>;
  /** The layout loses its list of positions when that is empty afterwards: undo in a flow that had none. */
  readonly dropsEmptyPositions?: boolean;
}

/** Gives a node another config, whole. */
export interface NodeConfigured {
  readonly kind: 'node-configured';
  readonly nodeId: string;
  readonly config: FlowNode['config'];
}

/** Gives a node another name, also in all expressions that read it under `$steps`. */
export interface NodeRenamed {
  readonly kind: 'node-renamed';
  readonly nodeId: string;
  readonly name: string;
}

export interface NodesDisabled {
  readonly kind: 'nodes-disabled';
  readonly nodeIds: readonly string[];
  readonly disabled: boolean;
}

export interface NodeNoted {
  readonly kind: 'node-noted';
  readonly nodeId: string;
  readonly notes: string;
}

/** Gives a node another time limit or another retry policy. What is not given stays; null takes it away. */
export interface NodeGuarded {
  readonly kind: 'node-guarded';
  readonly nodeId: string;
  readonly timeoutMs?: number | null;
  readonly retry?: RetryPolicy | null;
}

export interface WiresAdded {
  readonly kind: 'wires-added';
  readonly wires: readonly FlowWire[];
  /** The index of each wire in the list of the flow afterwards, ascending; without it they come last. */
  readonly at?: readonly number[];
}

/** Removes wires; of a wire that is there more than once, the last of the equal ones for each time that it is named. */
export interface WiresRemoved {
  readonly kind: 'wires-removed';
  readonly wires: readonly FlowWire[];
}

/** Changes what is given of name, description and settings, and leaves the rest. */
export interface FlowDescribed {
  readonly kind: 'flow-described';
  readonly name?: string;
  readonly description?: string;
  readonly settings?: Readonly<Partial<FlowSettings>>;
}

/** Puts another document in place of the flow, which keeps its id: an import, or an earlier version restored. */
export interface FlowReplaced {
  readonly kind: 'flow-replaced';
  readonly document: FlowDocument;
}

/** Several changes one after the other, of which all or none are made: one step of undo. */
export interface ChangeBatch {
  readonly kind: 'batch';
  readonly changes: readonly FlowChange[];
  /** What the step of undo is called, such as `Paste 3 nodes`. */
  readonly label?: string;
}

/** All that can be done to a flow. Plain JSON; the only way in which an editor alters a flow. */
export type FlowChange =
  | NodesAdded
  | NodesRemoved
  | NodesMoved
  | NodeConfigured
  | NodeRenamed
  | NodesDisabled
  | NodeNoted
  | NodeGuarded
  | WiresAdded
  | WiresRemoved
  | FlowDescribed
  | FlowReplaced
  | ChangeBatch;
