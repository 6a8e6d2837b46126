import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import {
  classifyMessage,
  findFunctionName,
  flattenInputs,
  maskHeaders,
  parseDestination,
  parseMessageBody,
  readMessageHeaders,
} from '@wirebook/soar';
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
  const destination = parseDestination(raw.destination);
  const body = parseMessageBody(raw.body);
  const kind = classifyMessage({ destination: raw.destination, headers: raw.headers, body });
  if (kind === 'connector-subscription' || destination?.kind !== 'actions') {
    throw new WirebookError(
      'ENGINE_MESSAGE_UNREADABLE',
      `destination "${raw.destination}": messages of this kind (${kind}) are not served`,
    );
  }
  const address = findReplyAddress(raw.headers);
  if (address === null)
    throw new WirebookError('ENGINE_REPLY_NOT_POSSIBLE', `message ${raw.messageId} on "${raw.destination}" carries no reply-to header`);
  if (address.correlationId === null) {
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
      destination: destination.name,
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

function findIncidentId(body: JsonObject): number | null {
  if (isJsonObject(body.incident) && typeof body.incident.id === 'number') return body.incident.id;
  const inputs = body.inputs;
  return isJsonObject(inputs) && typeof inputs.incident_id === 'number' ? inputs.incident_id : null;
}
