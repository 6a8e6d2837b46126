import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a run did with a node. skipped: the run is over and never came here. */
export type RunNodeState = 'running' | 'ok' | 'failed' | 'skipped';

/**
 * The run that is lit on the canvas. Written by the run view, read by the canvas with useRunOverlay (trace/use-run-overlay.ts).
 *
 * Read it narrowly: `useRunOverlay((state) => state.nodeStates.get(nodeId))` in a node, `state.litWires.has(wire)` in a wire. A node
 * that is in no entry of `nodeStates` was not reached yet. Nothing is lit while `runId` is null.
 */
export interface RunOverlayState {
  readonly flowId: string | null;
  readonly runId: string | null;
  /** Number of the version that ran; null when this server does not know it. */
  readonly version: number | null;
  /** The draft on the canvas is not what ran: a banner says so. */
  readonly isOtherVersion: boolean;
  readonly nodeStates: ReadonlyMap<string, RunNodeState>;
  /** Wires that a message of the run passed, as `from>to`: `n1.out>n2.in`. */
  readonly litWires: ReadonlySet<string>;
  /** The step that is open in the run view: its node is marked; null when none is. */
  readonly stepNodeId: string | null;
}

interface RunOverlayActions {
  show(overlay: Omit<RunOverlayState, 'stepNodeId'>): void;
  showStep(nodeId: string | null): void;
  clear(): void;
}

export type RunOverlayStore = StoreApi<RunOverlayState> & RunOverlayActions;

const nothing: RunOverlayState = {
  flowId: null,
  runId: null,
  version: null,
  isOtherVersion: false,
  nodeStates: new Map(),
  litWires: new Set(),
  stepNodeId: null,
};

export function createRunOverlayStore(): RunOverlayStore {
  const store = createStore<RunOverlayState>()(() => nothing);
  return Object.assign(store, {
    show: (overlay: Omit<RunOverlayState, 'stepNodeId'>) => store.setState(overlay),
    showStep: (stepNodeId: string | null) => {
      if (store.getState().stepNodeId !== stepNodeId) store.setState({ stepNodeId });
    },
    clear: () => {
      if (store.getState() !== nothing) store.setState(nothing, true);
    },
  });
}
