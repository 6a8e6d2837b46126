import type { DeploymentsView, DraftView, LeaseView, SideDraftSummary } from '@wirebook/api';
import type { ApiClient } from '../transport/api-client.ts';
import { describeFailure } from '../transport/api-error.ts';
import type { LiveConnection } from '../transport/live-connection.ts';
import { createDraftSaver, type DraftSaver } from './draft-saver.ts';
import { startFlowChecks } from './flow-checks.ts';
import { createFlowNoticeStore, type FlowNoticeStore } from './flow-notice.ts';
import { createFlowStore, type FlowStore } from './flow-store.ts';
import { type ActivityStore, createActivityStore } from './live-store.ts';
import type { NodeTypeIndex } from './node-type-index.ts';
import { findUnsaved, forgetUnsaved, type KeyValueStorage } from './unsaved-changes.ts';

export interface FlowSessionOptions {
  readonly api: ApiClient;
  readonly live: LiveConnection;
  readonly flowId: string;
  readonly clientId: string;
  readonly nodeTypes: NodeTypeIndex;
  readonly now: () => number;
  readonly startTimer: (delayMs: number, onTime: () => void) => () => void;
  /** Survives a reload of the tab. */
  readonly storage: KeyValueStorage;
  /** The person may change flows at all. */
  readonly mayWrite: boolean;
}

/** An open flow: its store, and all that keeps it true while it is open. */
export interface FlowSession {
  readonly store: FlowStore;
  readonly activity: ActivityStore;
  readonly notices: FlowNoticeStore;
  /** Writes here from now on; whoever wrote is told, and keeps what is not saved as a draft of its own. */
  takeOver(): Promise<void>;
  /** Sends at once what is not saved. False when something could not be sent. */
  flush(): Promise<boolean>;
  /** Asks the server for the newest draft, when nothing here is unsaved. */
  refresh(): Promise<void>;
  /** What runs now, as the server answered or told. */
  takeDeployments(view: DeploymentsView): void;
  /** The tab goes away: the lease is given up without waiting for an answer. */
  abandon(): void;
  close(): Promise<void>;
}

const keepLeaseMs = 10_000;

/**
 * Opens a flow: draft, lease, autosave, and what other tabs and the engine tell of it.
 *
 * @throws ApiError when the server does not give the draft
 */
export async function openFlowSession(options: FlowSessionOptions): Promise<FlowSession> {
  const { api, live, flowId, clientId, startTimer, storage } = options;
  const draft = await api.call('getDraft', { params: { flowId } });
  const store = createFlowStore({ draft, nodeTypes: options.nodeTypes, now: options.now });
  const activity = createActivityStore();
  const notices = createFlowNoticeStore(draft.sideDrafts);
  let lease: LeaseView | null = null;
  let isClosed = false;
  let stopKeeping: (() => void) | null = null;

  const saver: DraftSaver = createDraftSaver({ api, store, clientId, startTimer, storage, onStale: (kept) => void becomeReader(kept) });

  async function fetchDraft(): Promise<DraftView> {
    const newest = await api.call('getDraft', { params: { flowId } });
    notices.setSideDrafts(newest.sideDrafts);
    return newest;
  }

  /** Takes the server's document, whatever stands here: the caller has seen to what is unsaved. */
  async function load(): Promise<void> {
    const { mode, otherWriter } = store.getState();
    store.reset(await fetchDraft());
    store.setMode(mode, otherWriter);
  }

  /** Without the draft of the server the page stays as it is; the next reconnect asks again. */
  async function tryTo(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      notices.tell(describeFailure(thrown));
    }
  }

  async function askForLease(takeOver: boolean): Promise<boolean> {
    if (!options.mayWrite) return false;
    const answer = await api.call('takeLease', { params: { flowId }, body: { clientId, takeOver } });
    if (!answer.granted) {
      store.setMode('reading', answer.holder);
      return false;
    }
    if (isClosed) {
      await api.call('giveUpLease', { params: { flowId, leaseId: answer.lease.leaseId } });
      return false;
    }
    lease = answer.lease;
    if (answer.revision !== store.getState().revision && store.getState().unsaved.length === 0) await load();
    store.setMode('writing');
    saver.setLease(lease.leaseId);
    keepLease();
    return true;
  }

  function keepLease(): void {
    stopKeeping?.();
    stopKeeping = startTimer(keepLeaseMs, () => {
      if (lease === null || isClosed) return;
      const { leaseId } = lease;
      keepLease();
      void live.send('lease:keep', { flowId, leaseId }).then((answer) => {
        // A server that is not reached does not mean that somebody else writes.
        if (answer.ok || answer.code === 'SERVER_NOT_REACHED' || lease?.leaseId !== leaseId) return;
        void tryTo(renewLease);
      });
    });
  }

  /** The lease ran out, the server started again, or the socket was away: who writes now? */
  async function renewLease(): Promise<void> {
    if (lease === null) return;
    const before = lease;
    const answer = await api.call('takeLease', { params: { flowId }, body: { clientId, takeOver: false } });
    if (answer.granted) {
      lease = answer.lease;
      saver.setLease(lease.leaseId);
      keepLease();
      const { revision, unsaved } = store.getState();
      if (answer.revision !== revision && unsaved.length === 0) await load();
      else saver.retry();
      return;
    }
    if (lease === before) await loseLease(answer.holder);
  }

  /** What is unsaved is sent at once: the server keeps it as a draft of its own. */
  async function loseLease(holder: Omit<LeaseView, 'leaseId'> | null): Promise<void> {
    store.setMode('reading', holder);
    lease = null;
    stopKeeping?.();
    if (store.getState().unsaved.length > 0) await saver.flush();
    else saver.setLease(null);
  }

  async function becomeReader(kept: SideDraftSummary): Promise<void> {
    lease = null;
    stopKeeping?.();
    notices.keep(kept);
    await tryTo(load);
  }

  /** Of a tab that was reloaded. */
  async function restoreUnsaved(isWriting: boolean): Promise<void> {
    const kept = findUnsaved(storage, flowId);
    if (kept === null || kept.changes.length === 0) return;
    if (isWriting && kept.baseRevision === store.getState().revision) {
      for (const change of kept.changes) store.change(change, { label: 'Change from before the reload' });
      notices.tell('Changes from before the reload were not saved yet; they are here again.');
      return;
    }
    const { baseRevision, changes } = kept;
    const answer = await api.call('saveChanges', {
      params: { flowId },
      body: { leaseId: kept.leaseId, clientId: kept.clientId, baseRevision, changes },
    });
    forgetUnsaved(storage, flowId);
    if (answer.saved) await load();
    else notices.keep(answer.sideDraft);
  }

  function takeDeployments({ deployments }: DeploymentsView): void {
    const running = deployments.find((deployment) => deployment.flowId === flowId);
    const { deployed } = store.getState();
    if (running === undefined) store.setDeployed(null);
    else if (running.version !== deployed?.version) void tryTo(async () => store.setDeployed((await fetchDraft()).deployed));
  }

  const forget = [
    startFlowChecks({ api, store, startTimer, onFailure: (reason) => notices.tell(`The server could not check the flow: ${reason}`) }),
    live.watch('flow', () => ({ flowId })),
    live.on('flow:activity', (body) => {
      if (body.flowId !== flowId) return;
      activity.take(body.nodes);
      store.setDebugSwitches(body.debugSwitches);
    }),
    live.on('draft:changed', (body) => {
      if (body.flowId !== flowId || body.clientId === clientId) return;
      if (store.getState().mode !== 'reading') return;
      if (body.revision <= store.getState().revision) return;
      if (body.revision === store.getState().revision + 1 && store.getState().unsaved.length === 0) {
        store.applyRemote(body.changes, body.revision, body.savedAtMs);
      } else void tryTo(load);
    }),
    live.on('lease:changed', (body) => {
      if (body.flowId !== flowId || body.lease?.clientId === clientId) return;
      if (lease !== null && body.lease !== null) void tryTo(() => loseLease(body.lease));
      else if (lease === null) store.setMode('reading', body.lease);
    }),
    live.on('deployments:changed', takeDeployments),
    live.onState((state) => {
      if (state !== 'connected') return;
      void tryTo(() => (lease === null ? load() : renewLease()));
    }),
  ];

  async function begin(): Promise<void> {
    const isWriting = await askForLease(false);
    await restoreUnsaved(isWriting);
  }
  await tryTo(begin);

  return {
    store,
    activity,
    notices,
    takeOver: async () => {
      await load();
      await askForLease(true);
    },
    flush: () => saver.flush(),
    refresh: async () => {
      if (store.getState().unsaved.length === 0) await load();
    },
    takeDeployments,
    abandon: () => {
      if (lease === null) return;
      const { leaseId } = lease;
      void tryTo(() => api.call('giveUpLease', { params: { flowId, leaseId }, keepalive: true }));
    },
    close: async () => {
      isClosed = true;
      stopKeeping?.();
      for (const stop of forget) stop();
      await saver.flush();
      saver.close();
      if (lease !== null) await api.call('giveUpLease', { params: { flowId, leaseId: lease.leaseId } });
    },
  };
}
