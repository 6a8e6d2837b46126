import type { JsonObject } from '@wirebook/errors';

/** The first four come from the platform; the others are made here, and nobody waits for a reply to them. */
export type TriggerKind = 'function' | 'action' | 'inbound' | 'connector' | OwnTriggerKind;
export type OwnTriggerKind = 'schedule' | 'webhook' | 'form' | 'inject';

/** What started a run, as expressions see it under `$trigger`. The context token is not in it. */
export interface Trigger {
  readonly kind: TriggerKind;
  /** Programmatic name of the message destination; for a connector the full name of its queue, for an own trigger flow and node. */
  readonly destination: string;
  readonly messageId: string;
  /** Headers of the message; the context token is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** The decoded body. */
  readonly body: JsonObject;
  /** API name of the function, for function calls. */
  readonly functionName: string | null;
  /** Name of the rule, for actions, when the platform tells it. */
  readonly ruleName: string | null;
  /** Flattened function inputs, or the activity fields of an action. */
  readonly inputs: JsonObject;
  /** Milliseconds since the epoch at which the engine received it first. */
  readonly receivedAtMs: number;
}

export interface RunInfo {
  /** Stable for a message, over redelivery and crashes. */
  readonly runId: string;
  /** 1 for the first try of this run. */
  readonly attempt: number;
  readonly flowId: string;
  readonly flowName: string;
  readonly trigger: Trigger;
}
