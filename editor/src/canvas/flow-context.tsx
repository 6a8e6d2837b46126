import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { FlowState, FlowStore } from '../state/flow-store.ts';

const FlowContext = createContext<FlowStore | null>(null);

/** Hands the open flow to everything that is drawn around it. */
export function FlowStoreProvider({ store, children }: { readonly store: FlowStore; readonly children: ReactNode }) {
  return <FlowContext value={store}>{children}</FlowContext>;
}

/** The open flow, to change it. Always the same object while the flow is open. */
export function useFlowStore(): FlowStore {
  const store = useContext(FlowContext);
  if (store === null) throw new Error('a part of the flow page was drawn outside FlowStoreProvider');
  return store;
}

/** A part of the open flow; draws again when `selector` gives another value. */
export function useFlowState<Value>(selector: (state: FlowState) => Value): Value {
  return useStore(useFlowStore(), selector);
}
