import type { EngineView } from '@wirebook/api';
import type { FlowDocument } from '@wirebook/flow';
import type { EngineActivity, EngineProcess } from './engine-process.ts';
import { nothingKnown } from './host-health.ts';
import { createListeners } from './listeners.ts';

/** An engine process that runs nothing and remembers what it was handed. */
export interface EngineStandIn extends EngineProcess {
  /** Every set that was accepted, by flow ids. */
  readonly accepted: FlowDocument[][];
  /** Throws for a set that is to be refused. */
  refuse: (flows: readonly FlowDocument[]) => void;
  /** What it says of itself. */
  notReady: readonly string[];
  readonly decided: unknown[];
  readonly injected: string[];
  tellActivity(activity: Partial<EngineActivity>): void;
}

export function createEngineStandIn(): EngineStandIn {
  const changes = createListeners<EngineView>();
  const activities = createListeners<EngineActivity>();
  const accepted: FlowDocument[][] = [];
  const switches = new Map<string, Readonly<Record<string, boolean>>>();
  const unknown = { status: 'unknown', reason: null, code: null, sinceMs: 0 } as const;
  const standIn: EngineStandIn = {
    accepted,
    refuse: () => undefined,
    notReady: [],
    get health() {
      return {
        atMs: 0,
        engine: { state: 'running', reason: null, sinceMs: 0, restarts: 0 },
        rest: unknown,
        broker: unknown,
        destinations: [],
        runsActive: 3,
        runsWaiting: 0,
        messagesInHand: 0,
        openEntries: 0,
        oldestOpenAtMs: null,
        takenOver: 0,
        waiting: { timed: 0, inLanes: 0, beyondLimit: 0 },
        inDoubt: 0,
        poison: 0,
        drops: { trace: 0, live: 0, poison: 0, spans: 0 },
        outbound: nothingKnown.outbound,
        notReady: standIn.notReady,
      } as const;
    },
    decidePoison: async (decision) => void standIn.decided.push(decision),
    decided: [],
    askDeadLetters: async (messageId) =>
      messageId === null ? { page: { queue: 'ActiveMQ.DLQ', letters: [], isCut: false } } : { destination: 'actions.201.fn_main' },
    inject: async ({ nodeId }) => {
      standIn.injected.push(nodeId);
      return 'run-1';
    },
    injected: [],
    stopRun: async () => undefined,
    readMetrics: async () => 'wirebook_stand_in 1\n',
    deploy: async (flows) => {
      standIn.refuse(flows);
      accepted.push([...flows]);
    },
    view: {
      state: 'running',
      reason: null,
      sinceMs: 0,
      restarts: 0,
      runsActive: 3,
      runsWaiting: 0,
      messagesInHand: 0,
      destinations: [],
      draining: [],
      openEntries: 0,
      poison: 0,
      droppedParts: 0,
    },
    onChange: changes.add,
    links: { rest: unknown, broker: unknown },
    onLinks: () => () => undefined,
    onActivity: activities.add,
    tellActivity: (activity) => activities.tell({ rows: [], lines: [], flows: [], dropped: { rows: 0, lines: 0 }, ...activity }),
    getNodeActivity: () => [],
    setDebugSwitches: (flowId, given) => void switches.set(flowId, given),
    getDebugSwitches: (flowId) => switches.get(flowId) ?? {},
    pid: undefined,
    stop: async () => undefined,
  };
  return standIn;
}
