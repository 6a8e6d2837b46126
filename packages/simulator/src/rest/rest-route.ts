import type { JsonObject, JsonValue } from '../json-value.ts';
import type { HandleFormat } from '../platform/handle-format.ts';
import type { WritePlace } from '../platform/incident-writes.ts';
import type { Organisation } from '../platform/organisation.ts';
import type { Platform } from '../platform/platform.ts';
import { refusal } from '../platform/rest-refusal.ts';

/** A request to a resource of one organisation, after login. */
export interface OrgRequest {
  readonly platform: Platform;
  readonly org: Organisation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly format: HandleFormat;
  /** For writes: who does it, and the rule that is skipped. */
  readonly place: WritePlace;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: JsonValue;
  /** Sent as it is, in place of the body. */
  readonly content?: { readonly contentType: string; readonly bytes: Uint8Array };
}

/** One row of the route table. The path stands below `/rest/orgs/:orgId`, in Express's form. */
export interface OrgRoute {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly handle: (request: OrgRequest) => RestAnswer;
}

export function ok(body: JsonValue): RestAnswer {
  return { status: 200, body };
}

/** What a DELETE is answered with. */
export function deleted(): RestAnswer {
  return ok({ success: true, title: null, message: null, hints: [], error_code: '', error_payload: {} });
}

/** The numeric id at this place of the path. */
export function idParam({ params }: OrgRequest, name: string): number {
  const text = params[name] ?? '';
  if (!/^\d{1,15}$/.test(text)) throw refusal(404, `Unable to find object with ID ${text}.`);
  return Number(text);
}

/** The error body of the platform. */
export function errorBody(message: string, hint: string | null): JsonObject {
  return { success: false, title: null, message, hints: hint === null ? [] : [hint], error_code: 'generic', error_payload: {} };
}
