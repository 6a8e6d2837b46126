import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { PlatformCalls, PlatformRequest, StepLog } from '@wirebook/node-kit';
import { encodeConditionValue } from './encode-condition-value.ts';
import { getField, qualifyName } from './find-field.ts';

/** Conditions and order as a form gives them. */
export interface ConditionQuery {
  readonly conditions: readonly { readonly field: string; readonly method: string; readonly value?: JsonValue | undefined }[];
  readonly logic: 'all' | 'any';
  /** Empty: as the platform gives them. */
  readonly sortBy: string;
  readonly direction: 'asc' | 'desc';
}

/**
 * The body of a query: names with their prefix, ids for labels, milliseconds for dates.
 *
 * @throws SOAR_FIELD_UNKNOWN, SOAR_SELECT_VALUE_UNKNOWN, NODE_INPUT_INVALID
 */
export async function encodeQuery(
  { conditions, logic, sortBy, direction }: ConditionQuery,
  { platform, typeName }: { readonly platform: PlatformCalls; readonly typeName: string },
): Promise<JsonObject> {
  const definitions = (await platform.catalogue.listFields(typeName)) ?? [];
  const encoded = conditions.map(({ field: name, method, value }) => {
    const field = getField(definitions, name, typeName);
    return { field_name: qualifyName(field), method, value: encodeConditionValue(field, method, value) };
  });
  const sorts = sortBy === '' ? [] : [{ field_name: qualifyName(getField(definitions, sortBy, typeName)), type: direction }];
  return { filters: encoded.length === 0 ? [] : [{ conditions: encoded, logic_type: logic }], sorts };
}

/** The most that the platform gives at a time. */
const pageSize = 100;

export interface PagedQuery {
  readonly request: Pick<PlatformRequest, 'path' | 'query' | 'handleFormat'>;
  /** As `encodeQuery` gives it. */
  readonly body: JsonObject;
  readonly limit: number;
  /** Of several, e.g. `incidents`. */
  readonly words: string;
}

/**
 * Reads page after page up to the limit; the log says how many there are.
 *
 * @throws SOAR_RESPONSE_INVALID and what the platform refuses with.
 */
export async function readPages(
  { platform, log }: { readonly platform: PlatformCalls; readonly log: StepLog },
  { request, body, limit, words }: PagedQuery,
): Promise<readonly JsonValue[]> {
  const read: JsonValue[] = [];
  let found = 0;
  do {
    const length = Math.min(pageSize, limit - read.length);
    const answer = await platform.request({
      ...request,
      method: 'POST',
      repeatable: true,
      body: { ...body, start: read.length, length },
    });
    const page = readPage(answer.body, { path: request.path, words });
    found = page.found;
    read.push(...page.data);
    if (page.data.length < length) break;
  } while (read.length < Math.min(limit, found));
  const more = found > read.length ? `, of which the first ${read.length} go on` : '';
  log.info(`${found} ${words} match${more}`);
  return read;
}

function readPage(
  body: JsonValue,
  { path, words }: { readonly path: string; readonly words: string },
): { readonly found: number; readonly data: readonly JsonValue[] } {
  if (!isJsonObject(body) || !Array.isArray(body.data) || typeof body.recordsFiltered !== 'number') {
    throw new WirebookError('SOAR_RESPONSE_INVALID', `POST ${path}: the answer has no list of ${words} with their number`);
  }
  return { found: body.recordsFiltered, data: body.data };
}
