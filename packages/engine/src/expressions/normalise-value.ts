import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { type ConfigField, findValueSwitchKind } from '@wirebook/node-kit';
import { findPropertyField } from './field-check.ts';

/**
 * A value as its field wants it: lists for list fields whether there was none, one or many, no null where the field has a type, and
 * defaults for what is missing inside.
 *
 * @returns undefined when there is no value.
 */
export function normaliseValue(value: JsonValue | undefined, field: ConfigField): JsonValue | undefined {
  if (field['x-list'] === true) {
    const list = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
    return normaliseItems(list, field.items);
  }
  if (value === undefined || (value === null && field.type !== undefined)) return undefined;
  if (Array.isArray(value)) return normaliseItems(value, field.items);
  return isJsonObject(value) && hasInnerFields(field) ? normaliseObject(value, field) : value;
}

function normaliseItems(items: readonly JsonValue[], field: ConfigField | undefined): readonly JsonValue[] {
  if (field === undefined || (!hasInnerFields(field) && field.items === undefined)) return items;
  return items.map((item) => normaliseValue(item, field) ?? item);
}

function hasInnerFields({ properties, additionalProperties }: ConfigField): boolean {
  return properties !== undefined || typeof additionalProperties === 'object';
}

function normaliseObject(value: JsonObject, field: ConfigField): JsonObject {
  const normal: Record<string, JsonValue> = {};
  for (const [key, child] of Object.entries(value)) {
    const childField = findPropertyField(field, key);
    const normalChild = childField === undefined ? child : normaliseValue(child, childField);
    if (normalChild !== undefined) normal[key] = normalChild;
  }
  for (const [key, childField] of Object.entries(field.properties ?? {})) {
    const fallback = findLiteralDefault(childField);
    if (fallback !== undefined && !Object.hasOwn(normal, key)) normal[key] = fallback;
  }
  return normal;
}

/** The default of a field, unless it has to be computed itself. */
export function findLiteralDefault({ default: fallback }: ConfigField): JsonValue | undefined {
  return isJson(fallback) && findValueSwitchKind(fallback) === undefined ? fallback : undefined;
}

/** Descriptors are data of our own; their type only does not say that a default is JSON. */
export function isJson(value: unknown): value is JsonValue {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
}
