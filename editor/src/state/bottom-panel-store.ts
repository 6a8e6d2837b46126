import { createStore, type StoreApi } from 'zustand/vanilla';

export type BottomTab = 'runs' | 'trace' | 'problems' | 'replies';

interface BottomPanelState {
  readonly tab: BottomTab;
  /** Only the bar with the tabs is seen. Whoever lays the page out sizes the panel by this. */
  readonly isCollapsed: boolean;
}

export type BottomPanelStore = StoreApi<BottomPanelState> & {
  /** Shows the tab, and unfolds the panel. */
  open(tab: BottomTab): void;
  setCollapsed(isCollapsed: boolean): void;
};

export function createBottomPanelStore(): BottomPanelStore {
  const store = createStore<BottomPanelState>()(() => ({ tab: 'runs', isCollapsed: false }));
  return Object.assign(store, {
    open: (tab: BottomTab) => store.setState({ tab, isCollapsed: false }),
    setCollapsed: (isCollapsed: boolean) => {
      if (store.getState().isCollapsed !== isCollapsed) store.setState({ isCollapsed });
    },
  });
}
