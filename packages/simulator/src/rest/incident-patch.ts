import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import type { Field } from '../platform/field.ts';
import { decodeFieldValue, encodeFieldValue, readField } from '../platform/field-value.ts';
import { findIncidentField, requireObject } from '../platform/incident-state.ts';
import { changeIncident } from '../platform/incident-writes.ts';
import { getIncident, type Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { OrgRequest } from './rest-route.ts';

interface FieldChange {
  readonly field: Field;
  /** The name as the client wrote it. */
  readonly name: string;
  readonly oldValue: JsonValue;
  readonly newValue: JsonValue;
}

/**
 * Applies `{changes, version}`. When the version is not the current one, each old value is compared; a conflict changes nothing
 * and is answered with `success: false` and the fields, not with a status of its own.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) for a change that cannot be read.
 */
export function applyPatch(request: OrgRequest, incident: Incident, body: unknown): JsonObject {
  const { org, place, format } = request;
  const patch = requireObject(body);
  const list = ownValue(patch, 'changes');
  if (!Array.isArray(list)) throw refusal(400, 'Field changes is required.', 'field_defs');
  const changes = list.map((entry) => parseChange(request, entry));
  const isCurrent = ownValue(patch, 'version') === incident.state.vers;
  const conflicts = isCurrent ? [] : changes.filter((change) => !holdsOldValue(request, incident, change));
  if (conflicts.length > 0) {
    const names = conflicts.map((change) => change.name).join(', ');
    return {
      success: false,
      title: null,
      message: `The change could not be applied due to a conflicting edit by another user.  The following field(s) were in conflict:  ${names}.`,
      hints: [],
      field_failures: conflicts.map(({ field, name, oldValue }) => ({
        field: name,
        your_original_value: oldValue,
        actual_current_value: encodeFieldValue(field, readField(incident.state, field), format, org.optionsOf),
      })),
    };
  }
  changeIncident(place, incident, new Map(changes.map(({ field, newValue }) => [field, newValue])));
  return { success: true, title: null, message: null, hints: [] };
}

/** `PUT /incidents/patch`: many at once; the answer names those that failed. */
export function patchMany(request: OrgRequest): JsonObject {
  const patches = ownValue(requireObject(request.body), 'patches');
  if (!isJsonObject(patches)) throw refusal(400, 'Field patches is required.', 'field_defs');
  const failures: JsonObject = {};
  for (const [id, patch] of Object.entries(patches)) {
    const answer = applyPatch(request, getIncident(request.org, Number(id)), patch);
    if (answer.success !== true) failures[id] = answer;
  }
  return { failures };
}

function parseChange({ org }: OrgRequest, entry: JsonValue): FieldChange {
  if (!isJsonObject(entry)) throw refusal(400, 'An entry of changes has to be an object.');
  const given = ownValue(entry, 'field') ?? null;
  const name = isJsonObject(given) ? ownValue(given, 'name') : given;
  const field = typeof name === 'string' ? findIncidentField(org, name) : undefined;
  if (field === undefined || typeof name !== 'string') throw refusal(400, `There is no incident field ${JSON.stringify(name)}.`);
  if (field.readOnly) throw refusal(400, `Field ${field.name} cannot be changed.`);
  return { field, name, oldValue: boxedValue(ownValue(entry, 'old_value')), newValue: boxedValue(ownValue(entry, 'new_value')) };
}

/** Takes a value out of its box: `{object: v}`, or a box whose key names the type, such as `{text: v}`. */
function boxedValue(box: JsonValue | undefined): JsonValue {
  if (!isJsonObject(box)) return null;
  const [first] = Object.values(box);
  return ownValue(box, 'object') ?? first ?? null;
}

function holdsOldValue({ org }: OrgRequest, incident: Incident, { field, oldValue }: FieldChange): boolean {
  const kept = readField(incident.state, field) ?? null;
  return JSON.stringify(decodeFieldValue(field, oldValue, org.optionsOf)) === JSON.stringify(kept);
}
