import type { DraftView, RouteName, RouteTypes, ServerEventName, ServerEvents, SideDraftSummary } from '@wirebook/api';
import { applyChange, type FlowDocument, type FlowProblem, parseFlow } from '@wirebook/flow';
import type { ApiClient } from '../transport/api-client.ts';
import { ApiError } from '../transport/api-error.ts';
import type { LiveConnection, LiveState } from '../transport/live-connection.ts';
import type { KeyValueStorage } from './unsaved-changes.ts';

/** A clock whose timers fire when the test says so. */
export function createFakeTimers() {
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly onTime: () => void }[] = [];
  return {
    now: () => nowMs,
    startTimer: (delayMs: number, onTime: () => void) => {
      const timer = { atMs: nowMs + delayMs, onTime };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    /** Goes on in time, one timer after the other, and lets promises settle in between. */
    pass: async (ms: number) => {
      const end = nowMs + ms;
      for (;;) {
        await settle();
        const [next] = timers.filter(({ atMs }) => atMs <= end).sort((left, right) => left.atMs - right.atMs);
        if (next === undefined) break;
        nowMs = next.atMs;
        timers = timers.filter((other) => other !== next);
        next.onTime();
      }
      nowMs = end;
    },
  };
}

/** Promises that follow each other are done when this one is. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

export function createFakeStorage(): KeyValueStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The server's side of one flow, as its routes answer: one lease, revisions, side drafts. */
export function createFakeServer() {
  let document: FlowDocument = parseFlow(
    JSON.stringify({
      format: 1,
      id: 'f',
      name: 'F',
      nodes: [
        { id: 'a', type: 'test.source', typeVersion: 1, name: 'A', config: {} },
        { id: 'b', type: 'test.step', typeVersion: 1, name: 'B', config: {} },
      ],
      wires: [{ from: 'a.out', to: 'b.in' }],
      layout: { nodes: { a: [0, 0], b: [260, 0] } },
    }),
  );
  let revision = 1;
  let lease: { readonly leaseId: string; readonly clientId: string; readonly userName: string; readonly expiresAtMs: number } | null = null;
  let leaseCount = 0;
  let isReached = true;
  let problems: readonly FlowProblem[] = [];
  const sideDrafts: (SideDraftSummary & { readonly document: FlowDocument })[] = [];
  const calls: { readonly name: RouteName; readonly body: unknown }[] = [];

  const publicLease = () =>
    lease === null ? null : { userName: lease.userName, clientId: lease.clientId, expiresAtMs: lease.expiresAtMs };
  const draft = (): DraftView => ({
    flowId: 'f',
    revision,
    document,
    savedAtMs: 5000,
    savedBy: 'owner',
    lease: publicLease(),
    deployed: null,
    debugSwitches: {},
    sideDrafts,
  });

  function grant(clientId: string, userName: string) {
    leaseCount += 1;
    lease = { leaseId: `lease-${leaseCount}`, clientId, userName, expiresAtMs: 1e9 };
    return lease;
  }

  type Handlers = { readonly [Name in RouteName]?: (options: Parts<Name>) => RouteTypes[Name]['answer'] };
  type Parts<Name extends RouteName> = {
    readonly params: RouteTypes[Name] extends { params: infer Params } ? Params : undefined;
    readonly body: RouteTypes[Name] extends { body: infer Body } ? Body : undefined;
  };
  const handlers: Handlers = {
    getDraft: draft,
    takeLease: ({ body }) => {
      if (lease !== null && lease.clientId !== body.clientId && !body.takeOver) {
        return { granted: false, holder: { userName: lease.userName, clientId: lease.clientId, expiresAtMs: lease.expiresAtMs } };
      }
      return { granted: true, lease: grant(body.clientId, 'owner'), revision };
    },
    giveUpLease: ({ params }) => {
      if (lease?.leaseId === params.leaseId) lease = null;
      return undefined;
    },
    saveChanges: ({ body }) => {
      if (lease?.leaseId === body.leaseId && body.baseRevision === revision) {
        document = body.changes.reduce(applyChange, document);
        revision += 1;
        return { saved: true, revision, savedAtMs: 9000 };
      }
      const sideDraft = {
        id: `side-${sideDrafts.length + 1}`,
        flowId: 'f',
        userName: 'owner',
        createdAtMs: 1,
        summary: [`${body.changes.length} changes`],
        document,
      };
      sideDrafts.push(sideDraft);
      return { saved: false, reason: 'stale', sideDraft };
    },
    deleteSideDraft: ({ params }) => {
      const index = sideDrafts.findIndex(({ id }) => id === params.sideDraftId);
      if (index >= 0) sideDrafts.splice(index, 1);
      return undefined;
    },
    checkFlow: () => ({ problems }),
  };

  const api: ApiClient = {
    call: async (name, options) => {
      await Promise.resolve();
      calls.push({ name, body: options.body });
      if (!isReached) throw new ApiError({ code: 'SERVER_NOT_REACHED', message: 'no answer', status: 0 });
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`the stand-in does not answer ${name}`);
      // The table of handlers is typed route by route.
      return (handler as (parts: unknown) => never)(options);
    },
  };

  return {
    api,
    calls,
    sideDrafts,
    callsOf: (name: RouteName) => calls.filter((call) => call.name === name),
    document: () => document,
    revision: () => revision,
    lease: publicLease,
    setReached: (is: boolean) => {
      isReached = is;
    },
    setProblems: (next: readonly FlowProblem[]) => {
      problems = next;
    },
    /** Another tab takes the lease, and may change something. */
    takeByOther: (change?: Parameters<typeof applyChange>[1]) => {
      grant('other-tab', 'Dana');
      if (change !== undefined) {
        document = applyChange(document, change);
        revision += 1;
      }
    },
    leaveOther: () => {
      lease = null;
    },
  };
}

/** A socket that the test speaks through. */
export function createFakeLive() {
  const listeners = new Map<ServerEventName, Set<(body: never) => void>>();
  const stateListeners = new Set<(state: LiveState) => void>();
  const sent: { readonly event: string; readonly body: object }[] = [];
  const live: LiveConnection = {
    state: () => 'connected',
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener as (body: never) => void));
      return () => set.delete(listener as (body: never) => void);
    },
    send: async (event, body) => {
      sent.push({ event, body });
      return { ok: true };
    },
    watch: () => () => undefined,
    close: () => undefined,
  };
  return {
    live,
    sent,
    say: <Name extends ServerEventName>(event: Name, body: ServerEvents[Name]) => {
      for (const listener of listeners.get(event) ?? []) listener(body as never);
    },
    setState: (state: LiveState) => {
      for (const listener of stateListeners) listener(state);
    },
  };
}
