import type { JsonObject } from '@wirebook/errors';
import type { OwnTriggerKind } from '@wirebook/node-kit';

/** What starts a run without a message of the platform: a time, a request, a person. */
export interface OwnTrigger {
  readonly kind: OwnTriggerKind;
  readonly flowId: string;
  /** The source node. */
  readonly nodeId: string;
  /** The same one again is the same trigger, and does not run twice. */
  readonly messageId: string;
  /** For a run that is waited for; made by the engine unless given. */
  readonly runId?: string;
  readonly body: JsonObject;
}

export interface StartedTrigger {
  readonly runId: string;
  /** False: it was on record before. */
  readonly isNew: boolean;
}

/** Stands where the host of the broker stands for messages of the platform. */
export const ownBrokerHost = 'wirebook';

const ownKinds = ['schedule', 'webhook', 'form', 'inject'] as const satisfies readonly OwnTriggerKind[];

export interface OwnSource {
  readonly kind: OwnTriggerKind;
  readonly flowId: string;
  readonly nodeId: string;
}

/** What stands in the ledger and in traces in place of a destination; no destination of the platform has a slash. */
export function toOwnDestination({ kind, flowId, nodeId }: OwnSource): string {
  return `wirebook/${kind}/${flowId}/${nodeId}`;
}

export function parseOwnDestination(text: string): OwnSource | undefined {
  const [prefix, kind, flowId, nodeId, ...more] = text.split('/');
  const known = ownKinds.find((name) => name === kind);
  if (prefix !== 'wirebook' || known === undefined || flowId === undefined || nodeId === undefined || more.length > 0) return undefined;
  return { kind: known, flowId, nodeId };
}

export function isOwnKind(kind: string): kind is OwnTriggerKind {
  return ownKinds.some((name) => name === kind);
}
