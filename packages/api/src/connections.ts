/** up: usable. down: not usable, see reason. unknown: nothing is known yet. */
export type LinkStatus = 'up' | 'connecting' | 'down' | 'unknown';

export interface LinkState {
  readonly status: LinkStatus;
  /** What went wrong and what to do; null when up. */
  readonly reason: string | null;
  readonly code: string | null;
  readonly sinceMs: number;
}

export interface ConnectionView {
  /** Section of app.config. */
  readonly name: string;
  readonly isSimulator: boolean;
  readonly host: string;
  readonly restPort: number;
  readonly stompHost: string;
  readonly stompPort: number;
  readonly org: string;
  readonly orgId: number | null;
  /** Account without its secret. */
  readonly account: string;
  readonly isCertificateVerified: boolean;
  readonly rest: LinkState;
  readonly broker: LinkState;
  /** Deployed flows and what they listen to. */
  readonly uses: readonly { readonly flowId: string; readonly flowName: string; readonly destinations: readonly string[] }[];
}

export interface ConnectionsView {
  readonly connections: readonly ConnectionView[];
}

/** One thing that was tried, in order; the first that fails ends the test. */
export interface ConnectionTestStep {
  readonly what: string;
  readonly side: 'config' | 'rest' | 'broker';
  readonly outcome: 'good' | 'bad' | 'skipped';
  readonly detail: string;
  readonly durationMs: number;
}

export interface ConnectionTested {
  readonly steps: readonly ConnectionTestStep[];
}

/** The engine process as people see it. */
export interface EngineView {
  readonly state: 'starting' | 'running' | 'restarting' | 'stopped' | 'failed';
  /** What happened, and what to do. */
  readonly reason: string | null;
  readonly sinceMs: number;
  readonly restarts: number;
  readonly runsActive: number;
  readonly runsWaiting: number;
  readonly messagesInHand: number;
  readonly destinations: readonly string[];
  /** Destinations that are being left, with the messages of them that are still in hand. */
  readonly draining: readonly { readonly destination: string; readonly inHand: number }[];
  readonly openEntries: number;
  readonly poison: number;
  /** Trace parts that were dropped because the store could not keep up. */
  readonly droppedParts: number;
}
