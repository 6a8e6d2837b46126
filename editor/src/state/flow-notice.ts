import type { SideDraftSummary } from '@wirebook/api';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the person at this flow is told beside the flow itself. */
interface FlowNotices {
  /** Drafts of writers that came too late; of this tab or of others. */
  readonly sideDrafts: readonly SideDraftSummary[];
  /** The one that was made of what was not saved in this tab. */
  readonly ownSideDraft: SideDraftSummary | null;
  /** Something that happened; the newest. */
  readonly message: { readonly text: string; readonly count: number } | null;
}

export type FlowNoticeStore = StoreApi<FlowNotices> & {
  setSideDrafts(sideDrafts: readonly SideDraftSummary[]): void;
  /** The server keeps what was not saved here. */
  keep(sideDraft: SideDraftSummary): void;
  /** The person has seen it. */
  dismissSideDraft(): void;
  /** It is no more on the server. */
  dropSideDraft(id: string): void;
  tell(text: string): void;
};

export function createFlowNoticeStore(sideDrafts: readonly SideDraftSummary[]): FlowNoticeStore {
  const store = createStore<FlowNotices>()(() => ({ sideDrafts, ownSideDraft: null, message: null }));
  const { getState: get, setState: set } = store;
  return Object.assign(store, {
    setSideDrafts: (next: readonly SideDraftSummary[]) => set({ sideDrafts: next }),
    keep: (sideDraft: SideDraftSummary) => set({ ownSideDraft: sideDraft, sideDrafts: [...get().sideDrafts, sideDraft] }),
    dismissSideDraft: () => set({ ownSideDraft: null }),
    dropSideDraft: (dropped: string) => {
      const { sideDrafts: all, ownSideDraft } = get();
      set({ sideDrafts: all.filter(({ id }) => id !== dropped), ownSideDraft: ownSideDraft?.id === dropped ? null : ownSideDraft });
    },
    tell: (text: string) => set({ message: { text, count: (get().message?.count ?? 0) + 1 } }),
  });
}
