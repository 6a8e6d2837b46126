import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import { getLabel } from '@wirebook/soar';

const customPrefix = 'properties.';
/** Objects of an action message whose fields may be named with their own prefix, e.g. `artifact.type`. */
const objectNames: ReadonlySet<string> = new Set(['incident', 'task', 'artifact', 'note', 'milestone', 'attachment']);

/**
 * The text of a select value through the type_info of the trigger.
 *
 * @param field API name of an incident field (`severity_code`, `properties.category`), of another object of the message
 * (`artifact.type`), or of an activity field when the incident has none of that name.
 * @param value the id, list of ids or object with an id; undefined: the value that the trigger holds.
 * @returns undefined when type_info does not know the field or the value.
 */
export function findSelectLabel(trigger: Trigger, field: string, value: JsonValue | undefined): JsonValue | undefined {
  const typeInfo = trigger.body.type_info;
  const place = findPlace(trigger, field);
  const label = getLabel({ typeInfo, typeName: place.typeName, field: place.field, value: value ?? place.value });
  if (label !== undefined || place.typeName !== 'incident') return label;
  const activityValue = value ?? findOwn(trigger.body.properties, field);
  return getLabel({ typeInfo, typeName: 'actioninvocation', field, value: activityValue });
}

function findPlace(trigger: Trigger, field: string): { typeName: string; field: string; value: JsonValue | undefined } {
  const dot = field.indexOf('.');
  const prefix = dot === -1 ? '' : field.slice(0, dot);
  const typeName = objectNames.has(prefix) ? prefix : 'incident';
  const ownField = objectNames.has(prefix) ? field.slice(dot + 1) : field;
  const holder = findOwn(trigger.body, typeName);
  const value = ownField.startsWith(customPrefix)
    ? findOwn(findOwn(holder, 'properties'), ownField.slice(customPrefix.length))
    : findOwn(holder, ownField);
  return { typeName, field: ownField, value };
}

function findOwn(holder: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}
