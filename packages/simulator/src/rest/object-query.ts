import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import { holds } from '../platform/condition-method.ts';
import { conditionSetHolds } from '../platform/condition-set.ts';
import type { Field } from '../platform/field.ts';
import { toOptionValues } from '../platform/field-value.ts';
import { requireObject } from '../platform/incident-state.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Condition, ConditionSet } from '../platform/rule.ts';
import type { OrgRequest } from './rest-route.ts';

/** The limit that `/rest/const` names. */
const maxPageSize = 100;

/** Objects of one kind, and how their fields are read. */
export interface QueriedObjects<One> {
  /** One of them, e.g. `incident`. */
  readonly word: string;
  readonly objects: readonly One[];
  readonly idOf: (object: One) => number;
  /** What the field holds, and its definition where labels stand for ids; undefined for a field that there is not. */
  readonly read: (object: One, fieldName: string) => { readonly value: JsonValue | undefined; readonly field?: Field } | undefined;
}

export interface QueryAnswer<One> {
  readonly total: number;
  readonly matching: readonly One[];
  readonly page: readonly One[];
}

/**
 * Objects that match a body of filters, sorts, start and length: several filters are or-ed, the conditions of one are joined as its
 * `logic_type` says.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) naming an unknown field or method.
 */
export function queryObjects<One>(request: OrgRequest, queried: QueriedObjects<One>): QueryAnswer<One> {
  const body = requireObject(request.body ?? {});
  const filters = listOf(body, 'filters').map(parseFilter);
  const matching = queried.objects.filter(
    (object) => filters.length === 0 || filters.some((filter) => filterHolds(request, { filter, queried, object })),
  );
  sortObjects(matching, queried, listOf(body, 'sorts'));
  const start = numberOf(body, 'start', 0);
  const length = Math.min(numberOf(body, 'length', maxPageSize), maxPageSize);
  return { total: queried.objects.length, matching, page: matching.slice(start, start + length) };
}

/** The answer of `query_paged`. */
export function toPage<One>({ total, matching, page }: QueryAnswer<One>, toDto: (object: One) => JsonObject): JsonObject {
  return { recordsTotal: total, recordsFiltered: matching.length, data: page.map(toDto) };
}

function filterHolds<One>(
  { org, platform }: OrgRequest,
  { filter, queried, object }: { readonly filter: ConditionSet; readonly queried: QueriedObjects<One>; readonly object: One },
): boolean {
  return conditionSetHolds(filter, ({ fieldName, method, value }) => {
    const found = queried.read(object, fieldName ?? '');
    if (found === undefined) throw refusal(400, `There is no ${queried.word} field ${fieldName}.`);
    const { value: actual, field } = found;
    const expected = field === undefined ? value : toOptionValues(field, value, org.optionsOf);
    const verdict = holds(method, { actual, previous: actual, expected, nowMs: platform.clock.now() });
    if (verdict === undefined) throw refusal(400, `The condition method ${method} is not known.`);
    return verdict;
  });
}

function parseFilter(filter: JsonValue): ConditionSet {
  if (!isJsonObject(filter)) throw refusal(400, 'An entry of filters has to be an object.');
  const logic = ownValue(filter, 'logic_type');
  const custom = ownValue(filter, 'custom_condition');
  return {
    conditions: listOf(filter, 'conditions').map(parseCondition),
    logic: logic === 'any' || logic === 'advanced' ? logic : 'all',
    customCondition: typeof custom === 'string' ? custom : null,
  };
}

function parseCondition(entry: JsonValue): Condition {
  const method = isJsonObject(entry) ? ownValue(entry, 'method') : undefined;
  const fieldName = isJsonObject(entry) ? ownValue(entry, 'field_name') : undefined;
  if (!isJsonObject(entry) || typeof method !== 'string' || typeof fieldName !== 'string') {
    throw refusal(400, 'A condition needs the texts field_name and method.');
  }
  const number = ownValue(entry, 'evaluation_id');
  return { fieldName, method, value: ownValue(entry, 'value') ?? null, evaluationId: typeof number === 'number' ? number : null };
}

function sortObjects<One>(objects: One[], { read, idOf }: QueriedObjects<One>, sorts: readonly JsonValue[]): void {
  const keys = sorts.filter(isJsonObject).map((sort) => ({
    name: String(ownValue(sort, 'field_name') ?? ''),
    isDescending: ownValue(sort, 'type') === 'desc',
  }));
  objects.sort((left, right) => {
    for (const { name, isDescending } of keys) {
      const order = compareValues(read(left, name)?.value ?? null, read(right, name)?.value ?? null);
      if (order !== 0) return isDescending ? -order : order;
    }
    return idOf(left) - idOf(right);
  });
}

/** Empty values come first. */
function compareValues(left: JsonValue, right: JsonValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right));
}

function listOf(body: JsonObject, key: string): readonly JsonValue[] {
  const value = ownValue(body, key) ?? [];
  if (!Array.isArray(value)) throw refusal(400, `Field ${key} has to be a list.`);
  return value;
}

function numberOf(body: JsonObject, key: string, otherwise: number): number {
  const value = ownValue(body, key) ?? otherwise;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw refusal(400, `Field ${key} has to be a whole number.`);
  return value;
}
