import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import { isMultiValueType } from './artifact-type.ts';
import { decodeFieldValue, decodeText } from './field-value.ts';
import type { WritePlace } from './incident-writes.ts';
import type { ObjectType } from './object-type.ts';
import { type Artifact, type AttachedFile, getType, type Incident, type Note, type TableRow } from './organisation.ts';
import { refusal } from './rest-refusal.ts';

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) without a text or with an unknown parent. */
export function addNote({ platform, org, actor }: WritePlace, incident: Incident, body: JsonObject, taskId: number | null = null): Note {
  const text = decodeText(ownValue(body, 'text') ?? null, true);
  if (text === undefined || text === null || text === '') throw refusal(400, 'Field text is required.', 'field_defs');
  const parentId = ownValue(body, 'parent_id') ?? null;
  if (parentId !== null && (typeof parentId !== 'number' || incident.notes.get(parentId)?.taskId !== taskId)) {
    throw refusal(400, `There is no comment ${JSON.stringify(parentId)} to answer.`);
  }
  const id = platform.counters.nextObjectId('note');
  const note: Note = { id, taskId, parentId, author: actor.principal, createdMs: platform.clock.now(), text };
  incident.notes.set(id, note);
  const after: JsonObject = { id, text, create_date: note.createdMs };
  platform.onChange({ org, incident, typeName: 'note', objectId: id, before: null, after, actor });
  return note;
}

/**
 * Adds one artifact, or one a line for types whose value may be a list; one of a file has its name unless a value is given.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400)
 */
export function addArtifacts(
  { platform, org, actor }: WritePlace,
  incident: Incident,
  body: JsonObject,
  file: AttachedFile | null = null,
): Artifact[] {
  const fields = getType(org, 'artifact').fields;
  const typeField = fields.get('type');
  const typeId = typeField === undefined ? null : decodeFieldValue(typeField, ownValue(body, 'type'), org.optionsOf);
  if (typeof typeId !== 'number') throw refusal(400, 'Field type is required.', 'field_defs');
  const value = ownValue(body, 'value') ?? file?.name;
  if (typeof value !== 'string' || value.trim() === '') throw refusal(400, 'Field value is required.', 'field_defs');
  const description = decodeText(ownValue(body, 'description') ?? '', true) ?? null;
  const values = isMultiValueType(typeId) && file === null ? value.split(/\r?\n/).filter((line) => line.trim() !== '') : [value];
  return values.map((line) => {
    const id = platform.counters.nextObjectId('artifact');
    const hash = createHash('sha256').update(`${typeId}\n${line.trim()}`).digest('hex');
    const createdMs = platform.clock.now();
    const artifact: Artifact = { id, typeId, value: line.trim(), description, author: actor.principal, createdMs, hash, file };
    incident.artifacts.set(id, artifact);
    const after: JsonObject = { id, type: typeId, value: artifact.value, description, created: createdMs };
    platform.onChange({ org, incident, typeName: 'artifact', objectId: id, before: null, after, actor });
    return artifact;
  });
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) for an unknown column or a value it cannot hold. */
export function addRow(
  { platform, org, actor }: WritePlace,
  incident: Incident,
  target: { table: ObjectType; body: JsonObject },
): TableRow {
  const { table, body } = target;
  const id = platform.counters.nextObjectId('row');
  const cells = decodeCells(table, body, org.optionsOf);
  const row: TableRow = { id, tableName: table.name, cells, createdMs: platform.clock.now(), version: 1 };
  incident.rows.set(id, row);
  platform.onChange({ org, incident, typeName: table.name, objectId: id, before: null, after: Object.fromEntries(row.cells), actor });
  return row;
}

/**
 * Replaces the cells of a row; a cell that the body leaves out is emptied.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED: 409 when the body has a `version` that is not the current one, 400 as in {@link addRow}.
 */
export function replaceRow(
  place: WritePlace,
  incident: Incident,
  target: { table: ObjectType; row: TableRow; body: JsonObject },
): TableRow {
  const { platform, org, actor } = place;
  const { table, row, body } = target;
  const version = ownValue(body, 'version');
  if (version !== undefined && version !== row.version) throw refusal(409, 'This row was changed by someone else after it was read.');
  const cells = decodeCells(table, body, org.optionsOf);
  const changed: TableRow = { ...row, cells, version: row.version + 1 };
  incident.rows.set(row.id, changed);
  const before = Object.fromEntries(row.cells);
  platform.onChange({ org, incident, typeName: table.name, objectId: row.id, before, after: Object.fromEntries(cells), actor });
  return changed;
}

/** Takes one of its objects from an incident. */
export function removeChild(
  { platform, org }: WritePlace,
  incident: Incident,
  child: { kind: 'notes' | 'artifacts' | 'rows'; id: number },
): void {
  incident[child.kind].delete(child.id);
  platform.onRemove(org, incident);
}

function decodeCells(table: ObjectType, body: JsonObject, optionsOf: WritePlace['org']['optionsOf']): Map<string, JsonValue> {
  const given = ownValue(body, 'cells');
  if (!isJsonObject(given)) throw refusal(400, 'Field cells is required.', 'field_defs');
  const kept = new Map<string, JsonValue>();
  for (const [handle, cell] of Object.entries(given)) {
    const column = [...table.fields.values()].find((candidate) => candidate.name === handle || String(candidate.id) === handle);
    if (column === undefined) throw refusal(400, `The table ${table.name} has no column ${handle}.`);
    if (!isJsonObject(cell)) throw refusal(400, `The cell ${handle} has to be an object with a value.`);
    const value = decodeFieldValue(column, ownValue(cell, 'value'), optionsOf);
    if (value !== null && !(Array.isArray(value) && value.length === 0)) kept.set(column.name, value);
  }
  for (const column of table.fields.values()) {
    if (column.required === 'always' && !kept.has(column.name)) throw refusal(400, `Field ${column.name} is required.`, 'field_defs');
  }
  return kept;
}
