import type { FlowPoint } from '@wirebook/flow';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** The end of a wire that is not wired yet. */
export interface LooseEnd {
  readonly nodeId: string;
  readonly port: string;
  readonly side: 'output' | 'input';
}

/** A point of the window, in CSS pixels. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export type CanvasDialog =
  /** A list of node types; what is chosen comes to stand `at`, wired to `from`. */
  | {
      readonly kind: 'quick-add';
      readonly at: FlowPoint;
      readonly screen: ScreenPoint;
      readonly from: LooseEnd | null;
      readonly only?: 'sources';
    }
  | { readonly kind: 'rename'; readonly nodeId: string }
  /** A list of nodes that a wire from this one may lead to. */
  | { readonly kind: 'connect'; readonly nodeId: string }
  | { readonly kind: 'menu'; readonly of: 'node' | 'wire' | 'canvas'; readonly screen: ScreenPoint; readonly at: FlowPoint }
  | { readonly kind: 'search' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'deploy' }
  | { readonly kind: 'versions' };

interface CanvasDialogState {
  /** One at a time. */
  readonly dialog: CanvasDialog | null;
}

/** What is open over the canvas. */
export type CanvasDialogStore = StoreApi<CanvasDialogState> & { open(dialog: CanvasDialog): void; close(): void };

export function createCanvasDialogStore(): CanvasDialogStore {
  const store = createStore<CanvasDialogState>()(() => ({ dialog: null }));
  return Object.assign(store, {
    open: (dialog: CanvasDialog) => store.setState({ dialog }),
    close: () => {
      if (store.getState().dialog !== null) store.setState({ dialog: null });
    },
  });
}
