import type { CatchFilter, FlowSettings } from '@wirebook/flow';
import type { NodeRuntime } from '@wirebook/node-kit';
import type { CompiledConfig } from './expressions/compiled-config.ts';
import type { OwnSource } from './own-trigger.ts';
import type { SchedulePlan } from './schedule-plan.ts';
import type { SourcePlan } from './source-plan.ts';
import type { StepMemoryKind } from './step-memory.ts';
import type { RetryPlan } from './step-retry.ts';

/** A node ready to run. */
export interface CompiledNode {
  readonly id: string;
  readonly name: string;
  readonly runtime: NodeRuntime;
  readonly config: CompiledConfig;
  readonly disabled: boolean;
  /** What of its steps is recorded for a further attempt. */
  readonly memoryKind: StepMemoryKind;
  /** Time limit of a step, all its tries and waits included. */
  readonly timeoutMs: number;
  /** Undefined: a step that fails is not tried again. */
  readonly retry: RetryPlan | undefined;
  /** Set where each message of a port is a part of its own: with the node that joins them, if one does. */
  readonly split: CompiledSplit | undefined;
  /** Set for a node that waits for the parts of a split. */
  readonly join: { readonly collectsFailures: boolean } | undefined;
  /** Nodes wired to each output port, the port `error` included; ports without wires are absent. */
  readonly targets: ReadonlyMap<string, readonly CompiledNode[]>;
}

export interface CompiledSplit {
  readonly port: string;
  readonly join: CompiledNode | null;
  /** Parts that are under way at a time. */
  readonly parallel: number;
  /** What fails in a part ends that part, and no more. */
  readonly isolated: boolean;
}

/** What starts a flow at a source node. */
export type Route =
  | { readonly kind: 'function'; readonly destination: string; readonly functionName: string }
  | { readonly kind: 'action'; readonly destination: string; readonly ruleNames: readonly string[] }
  | { readonly kind: 'inbound'; readonly destination: string }
  /** Full name of the queue; null: every one that the platform names. */
  | { readonly kind: 'connector'; readonly queue: string | null }
  | { readonly kind: 'own'; readonly source: OwnSource };

export interface CompiledSource {
  readonly node: CompiledNode;
  readonly route: Route;
  readonly plan: SourcePlan;
  /** Set for a source that time starts. */
  readonly schedule: SchedulePlan | null;
}

export interface CompiledCatch {
  readonly node: CompiledNode;
  readonly filter: CatchFilter;
}

/** A node that runs when a run has ended. */
export interface CompiledFinally {
  readonly node: CompiledNode;
  /** Time limit of the node and all that follows it. */
  readonly timeoutMs: number;
}

/** One flow version, compiled once per deployment; runs keep the one they began with. */
export interface CompiledFlow {
  readonly id: string;
  readonly name: string;
  /** Hash of the behaviour of the document. */
  readonly version: string;
  readonly settings: Required<FlowSettings>;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  readonly sources: readonly CompiledSource[];
  /** The most specific first. */
  readonly catches: readonly CompiledCatch[];
  readonly finallies: readonly CompiledFinally[];
}
