import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import type { OwnTriggerKind, Trigger } from '@wirebook/node-kit';
import {
  classifyMessage,
  type Destination,
  findFunctionName,
  flattenInputs,
  getQueueName,
  type MessageKind,
  maskHeaders,
  parseDestination,
  parseMessageBody,
  readMessageHeaders,
} from '@wirebook/soar';
import { parseOwnDestination } from './own-trigger.ts';
import type { ReplyAddress } from './run-replies.ts';

/** A message as the broker gave it, or as the ledger kept it. */
export interface RawTrigger {
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAtMs: number;
}

export interface DecodedTrigger {
  readonly trigger: Trigger;
  readonly contextToken: string | undefined;
  readonly replyAddress: ReplyAddress | null;
  /** Id of the rule, for actions. */
  readonly actionId: number | null;
  readonly incidentId: number | null;
}

/** The address for replies as far as the headers tell it; null without reply-to. */
export function findReplyAddress(headers: Readonly<Record<string, string>>): ReplyAddress | null {
  const { replyTo, correlationId } = readMessageHeaders(headers);
  return replyTo === null ? null : { destination: replyTo, correlationId };
}

/**
 * Reads what the engine needs from a message.
 *
 * @throws ENGINE_MESSAGE_UNREADABLE, ENGINE_REPLY_NOT_POSSIBLE when it carries no reply-to or no correlation-id.
 */
export function readTrigger(raw: RawTrigger): DecodedTrigger {
  const own = parseOwnDestination(raw.destination);
  if (own !== undefined) return readOwnTrigger(raw, own.kind);
  const destination = parseDestination(raw.destination);
  const body = parseMessageBody(raw.body);
  const kind = classifyMessage({ destination: raw.destination, headers: raw.headers, body });
  if (kind === 'connector-subscription' || destination === undefined || !isServed(kind, destination)) {
    throw new WirebookError(
      'ENGINE_MESSAGE_UNREADABLE',
      `destination "${raw.destination}": messages of this kind (${kind}) are not served`,
    );
  }
  const address = kind === 'inbound' ? null : findReplyAddress(raw.headers);
  if (address === null && kind !== 'inbound')
    throw new WirebookError('ENGINE_REPLY_NOT_POSSIBLE', `message ${raw.messageId} on "${raw.destination}" carries no reply-to header`);
  if (address?.correlationId === null) {
    throw new WirebookError(
      'ENGINE_REPLY_NOT_POSSIBLE',
      `message ${raw.messageId} on "${raw.destination}" carries no correlation-id header`,
    );
  }
  const functionName = kind === 'function' ? findFunctionName(body) : undefined;
  if (kind === 'function' && functionName === undefined) {
    throw new WirebookError(
      'ENGINE_MESSAGE_UNREADABLE',
      `message ${raw.messageId} on "${raw.destination}" calls a function without a name`,
    );
  }
  const inputs = kind === 'function' ? body.inputs : body.properties;
  const actionId = typeof body.action_id === 'number' ? body.action_id : null;
  return {
    trigger: {
      kind,
      destination: kind === 'connector' ? getQueueName(raw.destination) : destination.name,
      messageId: raw.messageId,
      headers: maskHeaders(raw.headers),
      body,
      functionName: functionName ?? null,
      ruleName: null,
      inputs: isJsonObject(inputs) ? flattenInputs(inputs) : {},
      receivedAtMs: raw.receivedAtMs,
    },
    contextToken: readMessageHeaders(raw.headers).contextToken ?? undefined,
    replyAddress: address,
    actionId,
    incidentId: findIncidentId(body),
  };
}

/** Nobody waits for a reply, and no call of the run belongs to an action. */
function readOwnTrigger(raw: RawTrigger, kind: OwnTriggerKind): DecodedTrigger {
  const { destination, messageId, receivedAtMs } = raw;
  const body = parseMessageBody(raw.body);
  return {
    trigger: { kind, destination, messageId, headers: {}, body, functionName: null, ruleName: null, inputs: {}, receivedAtMs },
    contextToken: undefined,
    replyAddress: null,
    actionId: null,
    incidentId: findIncidentId(body),
  };
}

/** A kind of message counts only on the queues that are made for it. */
function isServed(kind: MessageKind, destination: Destination): boolean {
  if (kind === 'inbound') return destination.kind === 'inbound_destinations';
  if (kind === 'connector') return destination.kind === 'connectors';
  return destination.kind === 'actions';
}

function findIncidentId(body: JsonObject): number | null {
  if (isJsonObject(body.incident) && typeof body.incident.id === 'number') return body.incident.id;
  const inputs = body.inputs;
  return isJsonObject(inputs) && typeof inputs.incident_id === 'number' ? inputs.incident_id : null;
}
