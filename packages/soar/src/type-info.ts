import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';

export interface TypeInfoPlace {
  /** The `type_info` of an action message. */
  readonly typeInfo: JsonValue | undefined;
  /** `incident`, `artifact`, `actioninvocation` (activity fields) … */
  readonly typeName: string;
  /** API name, with or without the prefix `properties.`. */
  readonly field: string;
}

/** The entry of a field: its `id` and its `values`, keyed by the id as text. Undefined when type or field is not described. */
export function findTypeInfoField({ typeInfo, typeName, field }: TypeInfoPlace): JsonObject | undefined {
  const fields = findObject(findObject(typeInfo, typeName), 'fields');
  return findObject(fields, field.startsWith('properties.') ? field.slice('properties.'.length) : field);
}

/**
 * The label of a select value.
 *
 * @returns the label; for a list, the list of labels with null for each unknown one; undefined for an unknown value.
 */
export function getLabel(
  place: TypeInfoPlace & { readonly value: JsonValue | undefined },
): string | readonly (string | null)[] | undefined {
  const values = findObject(findTypeInfoField(place), 'values');
  if (values === undefined) return undefined;
  if (Array.isArray(place.value)) return place.value.map((item: JsonValue) => findLabel(values, item) ?? null);
  return findLabel(values, place.value);
}

/** A value is an id, or an object that carries one. */
function findLabel(values: JsonObject, value: JsonValue | undefined): string | undefined {
  const id = isJsonObject(value) && Object.hasOwn(value, 'id') ? value.id : value;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const label = findObject(values, String(id))?.label;
  return typeof label === 'string' ? label : undefined;
}

function findObject(parent: JsonValue | undefined, key: string): JsonObject | undefined {
  if (!isJsonObject(parent) || !Object.hasOwn(parent, key)) return undefined;
  const child = parent[key];
  return isJsonObject(child) ? child : undefined;
}
