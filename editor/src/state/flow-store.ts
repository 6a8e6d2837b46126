import type { DraftView, LeaseView } from '@wirebook/api';
import {
  applyChange,
  type FlowChange,
  type FlowDocument,
  type FlowProblem,
  flowVersionHash,
  invertChange,
  mergeChanges,
} from '@wirebook/flow';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeTypeIndex } from './node-type-index.ts';

/** writing: this tab holds the lease. reading: another one does. version, run: something of the past is shown, nothing can be changed. */
type FlowMode = 'writing' | 'reading' | 'version' | 'run';

type SaveState =
  | { readonly kind: 'saved'; readonly atMs: number }
  | { readonly kind: 'saving' }
  | { readonly kind: 'waiting' }
  /** The server is not reached: changes are kept here and sent when it is back. */
  | { readonly kind: 'offline'; readonly reason: string };

/** One step of undo. */
interface HistoryStep {
  readonly change: FlowChange;
  readonly inverse: FlowChange;
  readonly label: string;
  readonly atMs: number;
}

/** A place in a flow that something leads to: a node and a field of its config, or a field of the flow itself, such as `settings.orderBy`. */
interface FlowPlace {
  /** Null: the flow itself. */
  readonly nodeId: string | null;
  readonly field?: string;
}

export interface FlowState {
  readonly flowId: string;
  readonly document: FlowDocument;
  readonly nodeTypes: NodeTypeIndex;
  readonly mode: FlowMode;
  /** Who writes, when it is not this tab. */
  readonly otherWriter: Omit<LeaseView, 'leaseId'> | null;
  /** Of the draft on the server, counting what was accepted. */
  readonly revision: number;
  readonly save: SaveState;
  /** Changes that the server does not have yet, oldest first. */
  readonly unsaved: readonly FlowChange[];
  readonly undoSteps: readonly HistoryStep[];
  readonly redoSteps: readonly HistoryStep[];
  readonly selectedNodeIds: ReadonlySet<string>;
  /** Wires as `from>to`. */
  readonly selectedWires: ReadonlySet<string>;
  /** What the inspector was led to. */
  readonly inspected: FlowPlace | null;
  readonly problems: readonly FlowProblem[];
  readonly deployed: { readonly version: number; readonly document: FlowDocument; readonly hash: string } | null;
  /** The behaviour of the draft differs from what runs. */
  readonly isChanged: boolean;
  readonly debugSwitches: Readonly<Record<string, boolean>>;
}

interface ChangeOptions {
  /** Name of the step of undo, such as `Delete 2 nodes`. */
  readonly label: string;
  /** Joined with the step before when that is of the same kind on the same things and no older than a second. */
  readonly isMergeable?: boolean;
}

interface FlowActions {
  /**
   * Alters the document; the only way to do so.
   *
   * @throws WirebookError FLOW_CHANGE_* when it does not fit; nothing is changed then
   */
  change(change: FlowChange, options: ChangeOptions): void;
  undo(): void;
  redo(): void;
  select(nodeIds: Iterable<string>, wires?: Iterable<string>): void;
  inspect(place: FlowPlace | null): void;
  setProblems(problems: readonly FlowProblem[]): void;
  setMode(mode: FlowMode, otherWriter?: FlowState['otherWriter']): void;
  setSave(save: SaveState): void;
  setDebugSwitches(switches: Readonly<Record<string, boolean>>): void;
  setDeployed(deployed: DraftView['deployed']): void;
  /** The server has these many of the oldest unsaved changes. */
  markSaved(count: number, revision: number, atMs: number): void;
  /** Another tab changed the draft. */
  applyRemote(changes: readonly FlowChange[], revision: number, atMs?: number): void;
  /** Begins again with what the server has; what is selected and still there stays so. */
  reset(draft: DraftView): void;
}

export type FlowStore = StoreApi<FlowState> & FlowActions;

export interface FlowStoreOptions {
  readonly draft: DraftView;
  readonly nodeTypes: NodeTypeIndex;
  readonly now: () => number;
}

const mergeWithinMs = 1000;
const maxUndoSteps = 500;
const nothingSelected: ReadonlySet<string> = new Set();

/** The open flow: its document with undo and redo, what is selected, and how it stands with the server. No React inside. */
export function createFlowStore(options: FlowStoreOptions): FlowStore {
  const { now } = options;
  const store = createStore<FlowState>()(() => ({
    flowId: options.draft.flowId,
    nodeTypes: options.nodeTypes,
    mode: 'reading',
    problems: [],
    ...fromDraft(options.draft),
  }));
  const { getState: get, setState: set } = store;

  function setDocument(document: FlowDocument, rest: Partial<FlowState>): void {
    const { deployed, selectedNodeIds, selectedWires, inspected } = get();
    const ids = new Set(document.nodes.map(({ id }) => id));
    const wires = new Set(document.wires.map(({ from, to }) => `${from}>${to}`));
    set({
      document,
      isChanged: isChangedFrom(deployed, document),
      selectedNodeIds: keep(selectedNodeIds, ids),
      selectedWires: keep(selectedWires, wires),
      inspected: inspected !== null && (inspected.nodeId === null || ids.has(inspected.nodeId)) ? inspected : null,
      ...rest,
    });
  }

  function change(made: FlowChange, { label, isMergeable = false }: ChangeOptions): void {
    const { document, undoSteps, unsaved, mode } = get();
    if (mode !== 'writing') return;
    const inverse = invertChange(document, made);
    const next = applyChange(document, made);
    // What has no effect is no step of undo.
    if (next === document) return;
    const atMs = now();
    const last = undoSteps.at(-1);
    const merged = isMergeable && last !== undefined && atMs - last.atMs <= mergeWithinMs ? mergeChanges(last.change, made) : null;
    const steps =
      merged !== null && last !== undefined
        ? [...undoSteps.slice(0, -1), { change: merged, inverse: joinInverses(inverse, last.inverse), label, atMs }]
        : [...undoSteps, { change: made, inverse, label, atMs }].slice(-maxUndoSteps);
    setDocument(next, { undoSteps: steps, redoSteps: [], unsaved: [...unsaved, made], save: { kind: 'waiting' } });
  }

  /** Undo and redo are changes like others: the server gets them too. */
  function step(from: 'undoSteps' | 'redoSteps', to: 'undoSteps' | 'redoSteps'): void {
    const state = get();
    const last = state[from].at(-1);
    if (last === undefined || state.mode !== 'writing') return;
    const made = from === 'undoSteps' ? last.inverse : last.change;
    setDocument(applyChange(state.document, made), {
      [from]: state[from].slice(0, -1),
      [to]: [...state[to], { ...last, atMs: 0 }],
      unsaved: [...state.unsaved, made],
      save: { kind: 'waiting' },
    });
  }

  return Object.assign(store, {
    change,
    undo: () => step('undoSteps', 'redoSteps'),
    redo: () => step('redoSteps', 'undoSteps'),
    select: (nodeIds: Iterable<string>, wires: Iterable<string> = []) => {
      const next = { selectedNodeIds: new Set(nodeIds), selectedWires: new Set(wires) };
      const state = get();
      if (isSame(state.selectedNodeIds, next.selectedNodeIds) && isSame(state.selectedWires, next.selectedWires)) return;
      set(next);
    },
    inspect: (inspected: FlowPlace | null) => set({ inspected }),
    setProblems: (problems: readonly FlowProblem[]) => set({ problems }),
    setMode: (mode: FlowMode, otherWriter: FlowState['otherWriter'] = null) => set({ mode, otherWriter }),
    setSave: (save: SaveState) => set({ save }),
    setDebugSwitches: (debugSwitches: Readonly<Record<string, boolean>>) => set({ debugSwitches }),
    setDeployed: (deployed: DraftView['deployed']) => {
      const hashed = withHash(deployed);
      set({ deployed: hashed, isChanged: isChangedFrom(hashed, get().document) });
    },
    markSaved: (count: number, revision: number, atMs: number) => {
      const unsaved = get().unsaved.slice(count);
      set({ unsaved, revision, save: unsaved.length === 0 ? { kind: 'saved', atMs } : { kind: 'waiting' } });
    },
    applyRemote: (changes: readonly FlowChange[], revision: number, atMs = now()) => {
      // What another tab did cannot be undone here: the steps no longer fit.
      setDocument(changes.reduce(applyChange, get().document), {
        revision,
        undoSteps: [],
        redoSteps: [],
        save: { kind: 'saved', atMs },
      });
    },
    reset: (draft: DraftView) => {
      const { selectedNodeIds, selectedWires, inspected } = get();
      set({ ...fromDraft(draft), selectedNodeIds, selectedWires, inspected });
      setDocument(draft.document, {});
    },
  });
}

/** Takes back the newer change first, then the older one. */
function joinInverses(newer: FlowChange, older: FlowChange): FlowChange {
  return mergeChanges(newer, older) ?? { kind: 'batch', changes: [newer, older] };
}

function fromDraft(draft: DraftView) {
  const deployed = withHash(draft.deployed);
  return {
    document: draft.document,
    revision: draft.revision,
    otherWriter: draft.lease,
    save: { kind: 'saved', atMs: draft.savedAtMs } as const,
    unsaved: [],
    undoSteps: [],
    redoSteps: [],
    selectedNodeIds: nothingSelected,
    selectedWires: nothingSelected,
    inspected: null,
    deployed,
    isChanged: isChangedFrom(deployed, draft.document),
    debugSwitches: draft.debugSwitches,
  };
}

function withHash(deployed: DraftView['deployed']): FlowState['deployed'] {
  return deployed === null ? null : { ...deployed, hash: flowVersionHash(deployed.document) };
}

/** A flow that was never deployed has nothing to differ from: it counts as changed once it has a node. */
function isChangedFrom(deployed: FlowState['deployed'], document: FlowDocument): boolean {
  return deployed === null ? document.nodes.length > 0 : deployed.hash !== flowVersionHash(document);
}

function keep(chosen: ReadonlySet<string>, existing: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...chosen].filter((id) => existing.has(id));
  return kept.length === chosen.size ? chosen : new Set(kept);
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item));
}
