import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import { holds } from '../platform/condition-method.ts';
import { conditionSetHolds } from '../platform/condition-set.ts';
import { readField, toOptionValues } from '../platform/field-value.ts';
import { findIncidentField, requireObject, toIncidentDto, toPartialIncidentDto } from '../platform/incident-state.ts';
import type { Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { Condition, ConditionSet } from '../platform/rule.ts';
import type { OrgRequest } from './rest-route.ts';

/** The limit that `/rest/const` names. */
const maxPageSize = 100;

export interface QueryAnswer {
  readonly page: JsonObject;
  readonly all: JsonObject[];
}

/**
 * Incidents that match: several filters are or-ed, the conditions of one are joined as its `logic_type` says.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) naming an unknown field or method.
 */
export function queryIncidents(request: OrgRequest): QueryAnswer {
  const { org, format, query } = request;
  const body = requireObject(request.body ?? {});
  const filters = listOf(body, 'filters').map(parseFilter);
  const incidents = [...org.incidents.values()];
  const matching = incidents.filter((incident) => filters.length === 0 || filters.some((filter) => filterHolds(request, filter, incident)));
  sortIncidents(request, matching, listOf(body, 'sorts'));
  const start = numberOf(body, 'start', 0);
  const length = Math.min(numberOf(body, 'length', maxPageSize), maxPageSize);
  const toDto = query.return_level === 'full' || query.return_level === 'normal' ? toIncidentDto : toPartialIncidentDto;
  const dtosOf = (list: readonly Incident[]) => list.map((incident) => toDto(org, incident.state, format));
  return {
    page: { recordsTotal: incidents.length, recordsFiltered: matching.length, data: dtosOf(matching.slice(start, start + length)) },
    all: dtosOf(matching),
  };
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

function filterHolds({ org, platform }: OrgRequest, filter: ConditionSet, incident: Incident): boolean {
  return conditionSetHolds(filter, ({ fieldName, method, value }) => {
    const expected = value;
    if (fieldName === 'id' || fieldName === 'vers' || fieldName === 'inc_last_modified_date') {
      return verdictOf(method, { actual: incident.state[fieldName], expected, nowMs: platform.clock.now() });
    }
    const field = findIncidentField(org, fieldName ?? '');
    if (field === undefined) throw refusal(400, `There is no incident field ${fieldName}.`);
    return verdictOf(method, {
      actual: readField(incident.state, field),
      expected: toOptionValues(field, expected, org.optionsOf),
      nowMs: platform.clock.now(),
    });
  });
}

function verdictOf(method: string, compared: { actual: JsonValue | undefined; expected: JsonValue; nowMs: number }): boolean {
  const verdict = holds(method, { ...compared, previous: compared.actual });
  if (verdict === undefined) throw refusal(400, `The condition method ${method} is not known.`);
  return verdict;
}

function sortIncidents({ org }: OrgRequest, incidents: Incident[], sorts: readonly JsonValue[]): void {
  const keys = sorts.filter(isJsonObject).map((sort) => {
    const name = String(ownValue(sort, 'field_name') ?? '');
    const field = findIncidentField(org, name);
    const isDescending = ownValue(sort, 'type') === 'desc';
    const read = (incident: Incident) => (field === undefined ? incident.state[name] : readField(incident.state, field)) ?? null;
    return { read, isDescending };
  });
  incidents.sort((left, right) => {
    for (const { read, isDescending } of keys) {
      const order = compareValues(read(left), read(right));
      if (order !== 0) return isDescending ? -order : order;
    }
    return left.id - right.id;
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
