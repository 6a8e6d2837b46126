import type { EngineView, LinkState } from './connections.ts';

/** What the engine knows of one message destination since it started. */
export interface DestinationHealth {
  readonly name: string;
  /** The broker confirmed the subscription, and its connection stands. */
  readonly isSubscribed: boolean;
  readonly receivedCount: number;
  readonly newestMessageAtMs: number | null;
  /** Messages that lie in the queue; null when the broker does not tell, as a stock ActiveMQ over STOMP. */
  readonly depth: number | null;
}

/** Messages that wait before their run, and for what. */
export interface WaitingHealth {
  /** For their time. */
  readonly timed: number;
  /** Behind another one of the same key. */
  readonly inLanes: number;
  /** Left with the broker because the ledger holds as many as it may. */
  readonly beyondLimit: number;
}

/** What was not kept because a bound was reached, since the process started; of the poison tray since the ledger was made. */
export interface DropCounts {
  /** Parts and values of traces. */
  readonly trace: number;
  /** Rows and lines for browsers. */
  readonly live: number;
  readonly poison: number;
  /** Spans for a collector. */
  readonly spans: number;
}

/** Calls of flows to other servers and to the platform, and scripts: what waits, and what was refused since the process started. */
export interface OutboundHealth {
  /** Hosts that get no calls of flows now. */
  readonly circuits: readonly { readonly host: string; readonly failureCount: number; readonly untilMs: number }[];
  /** HTTP calls that wait under a rate limit, or as their host asked for. */
  readonly rateWaiting: number;
  /** HTTP calls that wait for a connection. */
  readonly connectionWaiting: number;
  readonly refusedByCircuit: number;
  readonly refusedByQueue: number;
  /** Calls to the platform that wait for a connection, or as it asked for. */
  readonly platformWaiting: number;
  /** Scripts that wait for a thread, and steps that wait for room in that queue. */
  readonly scriptsQueued: number;
  readonly scriptsHeld: number;
  /** Steps that wait for their time in the middle of a flow. */
  readonly stepsWaiting: number;
}

/** How the engine does: one view for the page, for operators and for probes. */
export interface HealthView {
  readonly atMs: number;
  readonly engine: Pick<EngineView, 'state' | 'reason' | 'sinceMs' | 'restarts'>;
  readonly rest: LinkState;
  readonly broker: LinkState;
  readonly destinations: readonly DestinationHealth[];
  readonly runsActive: number;
  readonly runsWaiting: number;
  readonly messagesInHand: number;
  /** Messages that are not settled and done. */
  readonly openEntries: number;
  /** When the oldest of them came; null when there is none. */
  readonly oldestOpenAtMs: number | null;
  readonly takenOver: number;
  readonly waiting: WaitingHealth;
  /** Replies of which it is not known whether the broker has them. */
  readonly inDoubt: number;
  readonly poison: number;
  readonly drops: DropCounts;
  readonly outbound: OutboundHealth;
  /** What keeps the engine from taking messages; empty when it is ready. */
  readonly notReady: readonly string[];
}

/** Answered outside of `/api`, without a session and without detail; see `/metrics` in docs/running.md for who may read it. */
export const probes = {
  /** 200: the process lives. */
  live: '/healthz',
  /** 200: the login is good and every destination is subscribed; else 503. */
  ready: '/readyz',
  /** Text for Prometheus; loopback, or with the token of the configuration. */
  metrics: '/metrics',
} as const;

/** What keeps an engine from taking messages, in words. */
export function findUnready({ engine, rest, broker, destinations }: Omit<HealthView, 'notReady'>): string[] {
  const missing = destinations.filter(({ isSubscribed }) => !isSubscribed).map(({ name }) => name);
  return [
    ...(engine.state === 'running' ? [] : [`the engine is ${engine.state}`]),
    ...(rest.status === 'up' ? [] : ['the platform is not reached, or refuses the login']),
    ...(broker.status === 'up' ? [] : ['the broker is not connected']),
    ...(missing.length === 0 ? [] : [`not subscribed: ${missing.join(', ')}`]),
  ];
}
