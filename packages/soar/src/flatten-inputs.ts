import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';

/**
 * The inputs of a function as people think of them: a select is its label, a rich text its content, a multiselect a list of labels.
 * A copy; what has neither name nor content stays as it is.
 */
export function flattenInputs(inputs: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => name !== '__proto__')
      .map(([name, value]) => [name, flatten(value)]),
  );
}

function flatten(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => findFilled(item, 'name') ?? item);
  return findFilled(value, 'name') ?? findFilled(value, 'content') ?? value;
}

function findFilled(value: JsonValue, key: string): JsonValue | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
  return value[key] || undefined;
}
