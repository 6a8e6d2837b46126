import type { DeadLetterPage, DebugLine, LinkState, NodeActivity, RunRow } from '@wirebook/api';
import type { ErrorRecord, JsonObject } from '@wirebook/errors';
import type { EngineHealth } from './engine-host.ts';

/** By flow id and node id; a node that is absent prints as its config says. */
export type DebugSwitches = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** What people decide about a message in the poison tray. */
export const poisonActions = ['drop', 'answer', 'run-again'] as const;
export type PoisonAction = (typeof poisonActions)[number];

/** What the engine process is told. One JSON text each. */
export type EngineCommand =
  | { readonly type: 'deploy'; readonly id: number; readonly flows: readonly unknown[] }
  | { readonly type: 'switches'; readonly switches: DebugSwitches }
  /** Asks for the numbers that Prometheus reads. */
  | { readonly type: 'metrics'; readonly id: number }
  | {
      readonly type: 'poison';
      readonly id: number;
      readonly action: PoisonAction;
      readonly poisonId: number;
      /** Of the answer; null: the reason for which the message lies in the tray. */
      readonly text: string | null;
    }
  | { readonly type: 'inject'; readonly id: number; readonly injection: Injection }
  | { readonly type: 'stop-run'; readonly id: number; readonly runId: string; readonly by: string }
  /** Null: the letters are listed. Otherwise the one to return. */
  | { readonly type: 'dead-letters'; readonly id: number; readonly messageId: string | null }
  | { readonly type: 'stop'; readonly drainMs: number };

/** A message that a person starts a deployed source with. */
export interface Injection {
  readonly flowId: string;
  readonly nodeId: string;
  readonly message: JsonObject;
}

export type InjectAnswer = { readonly runId: string } | { readonly error: ErrorRecord };

/** What came of looking at dead letters or returning one. */
export type DeadLetterResult = { readonly page: DeadLetterPage } | { readonly destination: string };
export type DeadLetterAnswer = DeadLetterResult | { readonly error: ErrorRecord };

/** What a node did since the batch before. */
export interface NodeNews extends Pick<NodeActivity, 'nodeId' | 'state' | 'atMs' | 'lastError'> {
  readonly flowId: string;
  readonly okCount: number;
  readonly failedCount: number;
}

/** A node that called a host whose circuit opened, or closed again. */
export interface CircuitNewsOfNode {
  readonly flowId: string;
  readonly nodeId: string;
  readonly host: string;
  /** Null: it closed. */
  readonly untilMs: number | null;
}

/** A row as the engine knows it: without the number of its version. */
export type LiveRow = Omit<RunRow, 'version'>;

/** What happened since the batch before, without secrets. */
export interface EngineBatch {
  /** One a run, its newest state. */
  readonly rows: readonly LiveRow[];
  readonly lines: readonly Omit<DebugLine, 'seq'>[];
  readonly nodes: readonly NodeNews[];
  readonly circuits: readonly CircuitNewsOfNode[];
  /** What did not fit into this batch. Dropped rows are in the store. */
  readonly dropped: { readonly rows: number; readonly lines: number };
}

export interface EngineNumbers {
  readonly runsActive: number;
  readonly runsWaiting: number;
  readonly messagesInHand: number;
  readonly destinations: readonly string[];
  readonly draining: readonly { readonly destination: string; readonly inHand: number }[];
  readonly openEntries: number;
  readonly poison: number;
  readonly droppedParts: number;
}

export type PlatformSide = 'rest' | 'broker';

/** What the engine process tells. One JSON text each. */
export type EngineReport =
  | { readonly type: 'opened' }
  | { readonly type: 'deployed'; readonly id: number }
  | { readonly type: 'refused'; readonly id: number; readonly error: ErrorRecord }
  | { readonly type: 'batch'; readonly batch: EngineBatch }
  | { readonly type: 'numbers'; readonly numbers: EngineNumbers }
  | { readonly type: 'health'; readonly health: EngineHealth }
  | { readonly type: 'metrics'; readonly id: number; readonly text: string }
  /** Null: it was done. */
  | { readonly type: 'poison'; readonly id: number; readonly error: ErrorRecord | null }
  | { readonly type: 'injected'; readonly id: number; readonly answer: InjectAnswer }
  /** Null: it is stopped. */
  | { readonly type: 'run-stopped'; readonly id: number; readonly error: ErrorRecord | null }
  | { readonly type: 'dead-letters'; readonly id: number; readonly answer: DeadLetterAnswer }
  | { readonly type: 'link'; readonly side: PlatformSide; readonly link: LinkState }
  /** Why it ends. */
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  /** The last word of every process that is not killed. */
  | { readonly type: 'ended' };
