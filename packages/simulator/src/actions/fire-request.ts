import { WirebookError } from '@wirebook/errors';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';

interface FireFunction {
  readonly function: string;
  /** JSON values; a select takes a label or an id. */
  readonly inputs?: Values | undefined;
  readonly org?: number | undefined;
}

interface FireRule {
  readonly rule: string;
  readonly incident: number;
  /** Absent for rules on the incident itself. */
  readonly object?: { readonly type: string; readonly id: number } | undefined;
  /** Activity fields; JSON values. */
  readonly properties?: Values | undefined;
  readonly org?: number | undefined;
  /** E-mail of the user who fires it; absent for the first of the organisation. */
  readonly user?: string | undefined;
}

type Values = Readonly<Record<string, unknown>>;

/** What is fired, as the control port and tests write it. */
export type FireRequest = FireFunction | FireRule;

export type ParsedFireFunction = Omit<FireFunction, 'inputs'> & { readonly inputs?: JsonObject | undefined };
export type ParsedFireRule = Omit<FireRule, 'properties'> & { readonly properties?: JsonObject | undefined };

/**
 * Reads the body of `POST /invocations`.
 *
 * @throws WirebookError SIMULATOR_REQUEST_INVALID naming the key.
 */
export function parseFireRequest(body: unknown): ParsedFireFunction | ParsedFireRule {
  if (!isJsonObject(body)) throw invalid('the body', 'has to be a JSON object');
  const org = optionalNumber(body, 'org');
  const name = ownValue(body, 'function');
  if (name !== undefined) {
    if (typeof name !== 'string') throw invalid('"function"', 'has to be the name of a function');
    return { function: name, inputs: optionalObject(body, 'inputs'), org };
  }
  const rule = ownValue(body, 'rule');
  if (typeof rule !== 'string') throw invalid('the body', 'needs "function" or "rule", each a name');
  const incident = optionalNumber(body, 'incident');
  if (incident === undefined) throw invalid('"incident"', 'is missing; it is the id of the incident the rule runs in');
  const user = ownValue(body, 'user');
  if (user !== undefined && typeof user !== 'string') throw invalid('"user"', 'has to be an e-mail address');
  return { rule, incident, object: parseObject(ownValue(body, 'object')), properties: optionalObject(body, 'properties'), org, user };
}

function parseObject(value: JsonValue | undefined): { type: string; id: number } | undefined {
  if (value === undefined || value === null) return undefined;
  const type = isJsonObject(value) ? ownValue(value, 'type') : undefined;
  const id = isJsonObject(value) ? ownValue(value, 'id') : undefined;
  if (typeof type !== 'string' || typeof id !== 'number') throw invalid('"object"', 'has to be {"type": name, "id": number}');
  return { type, id };
}

function optionalNumber(body: JsonObject, key: string): number | undefined {
  const value = ownValue(body, key);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw invalid(`"${key}"`, 'has to be a number');
  return value;
}

function optionalObject(body: JsonObject, key: string): JsonObject | undefined {
  const value = ownValue(body, key);
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw invalid(`"${key}"`, 'has to be an object');
  return value;
}

function invalid(what: string, why: string): WirebookError {
  return new WirebookError('SIMULATOR_REQUEST_INVALID', `${what} ${why}`);
}
