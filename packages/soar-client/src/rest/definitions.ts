import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { FieldDefinition } from '@wirebook/node-kit';

/** A function as the platform describes it; the destination may come as an id. */
export interface FunctionRecord {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly destination: string | number;
}

/** Fields from a list (`/types/T/fields`) or from the map of a whole type (`/types/T`); entries without id or name are left out. */
export function readFields(body: JsonValue, path: string): readonly FieldDefinition[] {
  const source = isJsonObject(body) ? body.fields : body;
  if (typeof source !== 'object' || source === null) {
    throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer has no fields; expected a list, or a type with "fields"`);
  }
  return Object.values(source).flatMap((field: JsonValue) => {
    if (!isJsonObject(field) || typeof field.id !== 'number' || typeof field.name !== 'string') return [];
    return [
      {
        id: field.id,
        name: field.name,
        label: readTextOr(field.text, field.name),
        prefix: typeof field.prefix === 'string' && field.prefix !== '' ? field.prefix : null,
        inputType: readTextOr(field.input_type, 'text'),
        required: field.required === 'always' || field.required === 'close' ? field.required : null,
        values: readValues(field.values),
      },
    ];
  });
}

export function readFunction(body: JsonValue, path: string): FunctionRecord {
  const destination = isJsonObject(body) ? body.destination_handle : undefined;
  if (
    isJsonObject(body) &&
    typeof body.id === 'number' &&
    typeof body.name === 'string' &&
    (typeof destination === 'string' || typeof destination === 'number')
  ) {
    return { id: body.id, name: body.name, displayName: readTextOr(body.display_name, body.name), destination };
  }
  throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no function with id, name and destination_handle`);
}

/** Names by id of a list answer (`{"entities": […]}`). */
export function readNames(body: JsonValue, { path, nameKey }: { path: string; nameKey: string }): ReadonlyMap<number, string> {
  const entities = isJsonObject(body) ? body.entities : undefined;
  if (!Array.isArray(entities)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer has no list "entities"`);
  const list: readonly JsonValue[] = entities;
  return new Map(list.flatMap((entity) => readNamed(entity, nameKey)));
}

/** Names in the list `queues`, as texts or as objects with a name. */
export function readQueueNames(body: JsonValue): readonly string[] {
  const queues = isJsonObject(body) && Array.isArray(body.queues) ? body.queues : [];
  return queues.map((queue) => (isJsonObject(queue) ? queue.name : queue)).filter((name) => typeof name === 'string' && name !== '');
}

function readNamed(entity: JsonValue, nameKey: string): readonly (readonly [number, string])[] {
  if (!isJsonObject(entity) || typeof entity.id !== 'number') return [];
  const name = entity[nameKey];
  return typeof name === 'string' ? [[entity.id, name]] : [];
}

function readValues(values: JsonValue | undefined): FieldDefinition['values'] {
  const list: readonly JsonValue[] = Array.isArray(values) ? values : [];
  return list.filter(isJsonObject).flatMap((entry: JsonObject) => {
    const { value } = entry;
    if (typeof value !== 'number' && typeof value !== 'string') return [];
    return [{ value, label: readTextOr(entry.label, String(value)), enabled: entry.enabled !== false }];
  });
}

function readTextOr(value: JsonValue | undefined, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}
