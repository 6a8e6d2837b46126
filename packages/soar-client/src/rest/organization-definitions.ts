import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { FieldDefinition, PlatformCalls } from '@wirebook/node-kit';
import { readFields } from './definitions.ts';

interface ListedFunction {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Programmatic name of its message destination; '' when the platform does not tell it. */
  readonly destination: string;
  /** In the order of its form. */
  readonly inputs: readonly FieldDefinition[];
}

interface ListedDestination {
  readonly id: number;
  /** Programmatic name. */
  readonly name: string;
  readonly label: string;
  readonly expectsAck: boolean;
}

interface ListedRule {
  readonly id: number;
  readonly name: string;
  /** API name of the type it runs on. */
  readonly objectType: string;
  readonly kind: 'automatic' | 'menu-item';
  /** Programmatic names. */
  readonly destinations: readonly string[];
  readonly isEnabled: boolean;
}

interface ListedType {
  readonly name: string;
  readonly label: string;
  readonly isTable: boolean;
  readonly fields: readonly FieldDefinition[];
}

/** What an organisation defines that flows can name. */
export interface OrganizationDefinitions {
  readonly functions: readonly ListedFunction[];
  readonly destinations: readonly ListedDestination[];
  readonly rules: readonly ListedRule[];
  readonly types: readonly ListedType[];
  /** Paths of lists that the account may not read; they are empty here. */
  readonly forbidden: readonly string[];
}

const tableTypeId = 8;

/**
 * Reads all definitions, each list whole.
 *
 * @throws SOAR_*; a list that the account may not read is no error, see `forbidden`.
 */
export async function readOrganizationDefinitions(calls: Pick<PlatformCalls, 'request'>): Promise<OrganizationDefinitions> {
  const forbidden: string[] = [];
  async function get(path: string): Promise<JsonValue | undefined> {
    try {
      return (await calls.request({ method: 'GET', path, handleFormat: 'names' })).body;
    } catch (thrown) {
      if (!(thrown instanceof WirebookError) || thrown.code !== 'SOAR_FORBIDDEN') throw thrown;
      forbidden.push(path);
      return undefined;
    }
  }
  const [types, functions, destinations, rules] = await Promise.all([
    get('/types'),
    get('/functions'),
    get('/message_destinations'),
    get('/actions'),
  ]);
  const listedDestinations = readEntities(destinations, '/message_destinations').flatMap(toDestination);
  const nameOf = toNameFinder(new Map(listedDestinations.map(({ id, name }) => [id, name])));
  const inputs = readInputs(isJsonObject(types) ? types.__function : undefined);
  return {
    functions: readEntities(functions, '/functions').flatMap((entry) => toFunction(entry, { inputs, nameOf })),
    destinations: listedDestinations,
    rules: readEntities(rules, '/actions').flatMap((entry) => toRule(entry, nameOf)),
    types: readTypes(types),
    forbidden,
  };
}

type NameFinder = (handle: JsonValue | undefined) => string | undefined;

/** Handles come as names, or as ids where the platform does not know `handle_format`. */
function toNameFinder(names: ReadonlyMap<number, string>): NameFinder {
  return (handle) => (typeof handle === 'string' ? handle : typeof handle === 'number' ? names.get(handle) : undefined);
}

function readEntities(body: JsonValue | undefined, path: string): readonly JsonObject[] {
  if (body === undefined) return [];
  const entities = isJsonObject(body) ? body.entities : undefined;
  if (!Array.isArray(entities)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer has no list "entities"`);
  const list: readonly JsonValue[] = entities;
  return list.filter(isJsonObject);
}

function toDestination(entry: JsonObject): readonly ListedDestination[] {
  const { id, programmatic_name: name } = entry;
  if (typeof id !== 'number' || typeof name !== 'string') return [];
  return [{ id, name, label: readText(entry.name) || name, expectsAck: entry.expect_ack !== false }];
}

function toRule(entry: JsonObject, nameOf: NameFinder): readonly ListedRule[] {
  const { id, name, type } = entry;
  if (typeof id !== 'number' || typeof name !== 'string') return [];
  const handles: readonly JsonValue[] = Array.isArray(entry.message_destinations) ? entry.message_destinations : [];
  const destinations = handles.map(nameOf).filter((found) => found !== undefined);
  const isEnabled = entry.enabled !== false;
  return [{ id, name, objectType: readText(entry.object_type), kind: type === 1 ? 'menu-item' : 'automatic', destinations, isEnabled }];
}

function toFunction(
  entry: JsonObject,
  { inputs, nameOf }: { inputs: ReadonlyMap<string, FieldDefinition>; nameOf: NameFinder },
): readonly ListedFunction[] {
  const { id, name } = entry;
  if (typeof id !== 'number' || typeof name !== 'string') return [];
  const rows: readonly JsonValue[] = Array.isArray(entry.view_items) ? entry.view_items : [];
  return [
    {
      id,
      name,
      displayName: readText(entry.display_name) || name,
      description: readText(entry.description),
      destination: nameOf(entry.destination_handle) ?? '',
      inputs: rows.flatMap((row) => {
        const input = isJsonObject(row) && row.element === 'field_uuid' ? inputs.get(readText(row.content)) : undefined;
        return input === undefined ? [] : [input];
      }),
    },
  ];
}

/** Forms name inputs by their uuid. */
function readInputs(type: JsonValue | undefined): ReadonlyMap<string, FieldDefinition> {
  if (!isJsonObject(type)) return new Map();
  const byId = new Map(readFields(type, '/types').map((field) => [field.id, field]));
  const fields: readonly JsonValue[] = Object.values(isJsonObject(type.fields) ? type.fields : {});
  return new Map(
    fields.filter(isJsonObject).flatMap(({ id, uuid }) => {
      const field = typeof id === 'number' ? byId.get(id) : undefined;
      return field === undefined || typeof uuid !== 'string' ? [] : [[uuid, field] as const];
    }),
  );
}

function readTypes(body: JsonValue | undefined): readonly ListedType[] {
  if (body === undefined) return [];
  if (!isJsonObject(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', 'GET /types: the answer is no object of types');
  return Object.entries(body).flatMap(([name, type]) => {
    if (!isJsonObject(type) || !isJsonObject(type.fields)) return [];
    const isTable = type.type_id === tableTypeId;
    return [{ name, label: readText(type.display_name) || name, isTable, fields: orderFields(readFields(type, '/types'), type.fields) }];
  });
}

/** Columns have a place; other fields come as the platform lists them. */
function orderFields(fields: readonly FieldDefinition[], source: JsonObject): readonly FieldDefinition[] {
  const places = new Map(
    Object.values(source)
      .filter(isJsonObject)
      .map(({ id, order }) => [id, typeof order === 'number' ? order : 0] as const),
  );
  return [...fields].sort((left, right) => (places.get(left.id) ?? 0) - (places.get(right.id) ?? 0));
}

/** A text, or that of `{format, content}`. */
function readText(value: JsonValue | undefined): string {
  if (isJsonObject(value)) return readText(value.content);
  return typeof value === 'string' ? value : '';
}
