import type { JsonObject } from '../json-value.ts';
import { ownValue } from '../json-value.ts';
import { decodeFieldValue } from './field-value.ts';
import type { WritePlace } from './incident-writes.ts';
import { type FieldObject, getType, type Incident } from './organisation.ts';
import { principalId } from './principal.ts';
import { refusal } from './rest-refusal.ts';

/** What is written with the fields of its type alone. */
type FieldObjectKind = 'task' | 'milestone';

interface Target {
  readonly kind: FieldObjectKind;
  readonly incident: Incident;
}

const collections = { task: 'tasks', milestone: 'milestones' } as const;
/** Of a task that nobody said more of. */
const taskDefaults = { status: 'O', required: true, private: false } as const;

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) for a missing required field or a value that a field cannot hold. */
export function addFieldObject(place: WritePlace, { kind, incident }: Target, body: JsonObject): FieldObject {
  const { platform, org, actor } = place;
  const id = platform.counters.nextObjectId(kind);
  const createdMs = platform.clock.now();
  const created: FieldObject = { id, state: {}, author: actor.principal, createdMs };
  created.state = { ...decodeState(place, kind, body), ...(kind === 'task' ? { init_date: createdMs, closed_date: null } : {}) };
  closeTask(created.state, kind, createdMs);
  incident[collections[kind]].set(id, created);
  platform.onChange({ org, incident, typeName: kind, objectId: id, before: null, after: { id, ...created.state }, actor });
  return created;
}

/**
 * The state after a PUT, or with a part of the body. A writable field that a PUT leaves out is emptied: the body stands for the whole object.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) as in {@link addFieldObject}
 */
export function writeFieldObject(
  place: WritePlace,
  { kind, incident }: Target,
  target: { readonly object: FieldObject; readonly body: JsonObject },
): FieldObject {
  const { platform, org, actor } = place;
  const { object, body } = target;
  const before = object.state;
  const { init_date = null, closed_date = null } = before;
  const after = { ...decodeState(place, kind, body), ...(kind === 'task' ? { init_date, closed_date } : {}) };
  closeTask(after, kind, platform.clock.now());
  object.state = after;
  const { id } = object;
  platform.onChange({ org, incident, typeName: kind, objectId: id, before: { id, ...before }, after: { id, ...after }, actor });
  return object;
}

export function removeFieldObject({ platform, org }: WritePlace, { kind, incident }: Target, id: number): void {
  incident[collections[kind]].delete(id);
  if (kind === 'task') for (const note of [...incident.notes.values()]) if (note.taskId === id) incident.notes.delete(note.id);
  platform.onRemove(org, incident);
}

function closeTask(state: JsonObject, kind: FieldObjectKind, nowMs: number): void {
  if (kind !== 'task') return;
  state.closed_date = state.status === 'C' ? (state.closed_date ?? nowMs) : null;
}

function decodeState({ org, actor }: WritePlace, kind: FieldObjectKind, body: JsonObject): JsonObject {
  const state: JsonObject = {};
  for (const field of getType(org, kind).fields.values()) {
    if (field.readOnly) continue;
    const value = decodeFieldValue(field, ownValue(body, field.name), org.optionsOf);
    state[field.name] = value;
    if (field.required === 'always' && (value === null || value === ''))
      throw refusal(400, `Field ${field.name} is required.`, 'field_defs');
  }
  if (kind !== 'task') return state;
  for (const [name, value] of Object.entries(taskDefaults)) state[name] ??= value;
  // As the platform does for whoever writes one without an owner.
  if (ownValue(body, 'owner_id') === undefined && actor.principal.kind === 'user') state.owner_id = principalId(actor.principal);
  return state;
}
