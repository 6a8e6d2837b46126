import type { SideDraftSummary } from '@wirebook/api';
import type { FlowChange } from '@wirebook/flow';
import type { ApiClient } from '../transport/api-client.ts';
import { ApiError, describeFailure } from '../transport/api-error.ts';
import type { FlowStore } from './flow-store.ts';
import { forgetUnsaved, type KeyValueStorage, keepUnsaved } from './unsaved-changes.ts';

export interface DraftSaverOptions {
  readonly api: ApiClient;
  readonly store: FlowStore;
  readonly clientId: string;
  /** Calls after so many milliseconds, until the given function is called. */
  readonly startTimer: (delayMs: number, onTime: () => void) => () => void;
  /** Survives a reload of the tab. */
  readonly storage: KeyValueStorage;
  /** Somebody else writes: what was not saved here is kept by the server under this name. */
  readonly onStale: (sideDraft: SideDraftSummary) => void;
}

/** Sends what is not saved to the server, in order. */
export interface DraftSaver {
  /** Null: this tab may not write now. */
  setLease(leaseId: string | null): void;
  /** Sends at once all that is not saved. False when something could not be sent. */
  flush(): Promise<boolean>;
  /** Tries again now, because the server is back. */
  retry(): void;
  close(): void;
}

const quietMs = 400;
/** Somebody who types on and on is saved all the same. */
const longestWaitMs = 2000;
const firstRetryMs = 1000;
const longestRetryMs = 30_000;
/** As many as the server takes at once. */
const maxChanges = 1000;

/** Autosave: quiet for 400 ms, then one request; when the server is not reached nothing is lost and it is tried again with back-off. */
export function createDraftSaver(options: DraftSaverOptions): DraftSaver {
  const { api, store, clientId, startTimer, storage } = options;
  const { flowId } = store.getState();
  let leaseId: string | null = null;
  let cancelTimer: (() => void) | null = null;
  let cancelLatest: (() => void) | null = null;
  let sending: Promise<boolean> | null = null;
  let retryMs = firstRetryMs;

  const stopWatching = store.subscribe((state, before) => {
    if (state.unsaved === before.unsaved) return;
    if (state.unsaved.length === 0) forgetUnsaved(storage, flowId);
    else if (leaseId !== null) keepUnsaved(storage, flowId, { leaseId, clientId, baseRevision: state.revision, changes: state.unsaved });
    if (state.unsaved.length > before.unsaved.length) schedule();
  });

  function schedule(): void {
    if (leaseId === null || store.getState().save.kind === 'offline') return;
    cancelTimer?.();
    cancelTimer = startTimer(quietMs, () => void flush());
    cancelLatest ??= startTimer(longestWaitMs, () => void flush());
  }

  function clearTimers(): void {
    cancelTimer?.();
    cancelLatest?.();
    cancelTimer = null;
    cancelLatest = null;
  }

  function flush(): Promise<boolean> {
    clearTimers();
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  async function sendAll(): Promise<boolean> {
    while (store.getState().unsaved.length > 0) {
      if (leaseId === null) return false;
      const isSent = await sendSome(leaseId, store.getState().unsaved.slice(0, maxChanges));
      if (!isSent) return false;
    }
    return true;
  }

  async function sendSome(lease: string, changes: readonly FlowChange[]): Promise<boolean> {
    const { revision } = store.getState();
    store.setSave({ kind: 'saving' });
    try {
      const answer = await api.call('saveChanges', {
        params: { flowId },
        body: { leaseId: lease, clientId, baseRevision: revision, changes },
      });
      retryMs = firstRetryMs;
      if (answer.saved) {
        store.markSaved(changes.length, answer.revision, answer.savedAtMs);
        return true;
      }
      await giveWay(lease, changes.length, answer.sideDraft);
    } catch (thrown) {
      waitForServer(thrown);
    }
    return false;
  }

  /** What was changed while the stale answer was on its way belongs into the same draft. */
  async function giveWay(lease: string, sentCount: number, sideDraft: SideDraftSummary): Promise<void> {
    store.setMode('reading', store.getState().otherWriter);
    const { unsaved, revision } = store.getState();
    let kept = sideDraft;
    if (unsaved.length > sentCount) {
      const answer = await api.call('saveChanges', {
        params: { flowId },
        body: { leaseId: lease, clientId, baseRevision: revision, changes: unsaved },
      });
      if (!answer.saved) {
        await api.call('deleteSideDraft', { params: { flowId, sideDraftId: sideDraft.id } });
        kept = answer.sideDraft;
      }
    }
    leaseId = null;
    forgetUnsaved(storage, flowId);
    options.onStale(kept);
  }

  function waitForServer(thrown: unknown): void {
    const isUnreached = thrown instanceof ApiError && thrown.status === 0;
    store.setSave({ kind: 'offline', reason: isUnreached ? 'server not reached' : describeFailure(thrown) });
    clearTimers();
    cancelTimer = startTimer(retryMs, () => void flush());
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  return {
    setLease: (next) => {
      leaseId = next;
      if (next !== null && store.getState().unsaved.length > 0) schedule();
    },
    flush,
    retry: () => {
      if (store.getState().save.kind !== 'offline') return;
      retryMs = firstRetryMs;
      void flush();
    },
    close: () => {
      clearTimers();
      stopWatching();
    },
  };
}
