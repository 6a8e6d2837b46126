import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { parseDestination } from './destination.ts';
import { readMessageHeaders } from './message-headers.ts';

export type MessageKind = 'function' | 'action' | 'inbound' | 'connector' | 'connector-subscription';

export interface ReceivedMessage {
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** What a message asks for, decided in the order in which the platform's own client decides it. */
export function classifyMessage({ destination, headers, body }: ReceivedMessage): MessageKind {
  const { payloadKind } = readMessageHeaders(headers);
  if (payloadKind === 'ConnectorSubscriptionUpdateDTO') return 'connector-subscription';
  if (parseDestination(destination)?.kind === 'inbound_destinations') return 'inbound';
  if (payloadKind === 'RestAPIExecutionEventDTO') return 'connector';
  if (Object.hasOwn(body, 'function') && isFilled(body.function)) return 'function';
  return 'action';
}

/** The name of the function that a function message calls; undefined when it names none. */
export function findFunctionName(body: JsonObject): string | undefined {
  const called = Object.hasOwn(body, 'function') ? body.function : undefined;
  if (!isJsonObject(called) || !Object.hasOwn(called, 'name')) return undefined;
  const name = called.name;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Truth as the platform's client (Python) sees it: empty lists and objects are false too. */
function isFilled(value: JsonValue | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
