import { type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import type { Field } from '../platform/field.ts';
import { decodeFieldValue, encodeFieldValue, encodeFunctionInput, findField, readField } from '../platform/field-value.ts';
import { activityTypeName, functionTypeName, incidentTypeName } from '../platform/object-type.ts';
import { getType, type Incident, type Organisation } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { FunctionDefinition, InputSource } from '../platform/rule.ts';
import type { ActionObject } from './action-object.ts';

/** What the pre-process step of a call may read. */
export interface InputScope {
  readonly org: Organisation;
  readonly incident: Incident | null;
  readonly object: ActionObject | null;
  readonly properties: JsonObject | null;
}

/**
 * The value an input source stands for, as a person would write it: labels for selects.
 *
 * @returns null when the object is not there or the field is empty.
 */
export function readInputSource(source: InputSource, { org, incident, object, properties }: InputScope): JsonValue {
  if (source.from === 'literal') return source.value;
  if (source.from === 'activity') return readAsNames(org, { typeName: activityTypeName, holder: { properties }, name: source.field });
  if (source.from === 'incident') {
    return incident === null ? null : readAsNames(org, { typeName: incidentTypeName, holder: incident.state, name: source.field });
  }
  if (object === null || object.role !== source.from) return null;
  return readAsNames(org, { typeName: object.type.name, holder: object.kept, name: source.field });
}

function readAsNames(org: Organisation, { typeName, holder, name }: { typeName: string; holder: JsonObject; name: string }): JsonValue {
  const field = findField(getType(org, typeName).fields.values(), name);
  if (field === undefined) return ownValue(holder, name) ?? null;
  return encodeFieldValue(field, readField(holder, field), 'names', org.optionsOf);
}

/**
 * The inputs of a function call in the form of the wire; an input without a value is left out.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) for an input the function does not have, a missing required one, or a value
 *   that its field cannot hold.
 */
export function encodeInputs(org: Organisation, definition: FunctionDefinition, given: JsonObject): Record<string, JsonValue> {
  const fields = inputFieldsOf(org, definition);
  for (const name of Object.keys(given)) {
    if (!fields.some((field) => field.name === name)) {
      const known = fields.map((field) => field.name).join(', ');
      throw refusal(400, `The function ${definition.name} has no input ${name}; it has: ${known}.`);
    }
  }
  const encoded: Record<string, JsonValue> = {};
  for (const field of fields) {
    const kept = decodeFieldValue(field, ownValue(given, field.name), org.optionsOf);
    const isEmpty = kept === null || kept === '' || (Array.isArray(kept) && kept.length === 0);
    if (isEmpty && field.required === 'always') throw refusal(400, `Field ${field.name} is required.`, 'field_defs');
    if (!isEmpty) encoded[field.name] = encodeFunctionInput(field, kept, org.optionsOf);
  }
  return encoded;
}

function inputFieldsOf(org: Organisation, definition: FunctionDefinition): readonly Field[] {
  const fields = [...getType(org, functionTypeName).fields.values()];
  return definition.viewItems.flatMap((item) => fields.filter((field) => field.uuid === item.content));
}
