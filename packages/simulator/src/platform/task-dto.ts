import type { JsonObject } from '../json-value.ts';
import { encodeFieldValue } from './field-value.ts';
import type { HandleFormat } from './handle-format.ts';
import { toNoteDto } from './note-dto.ts';
import { type FieldObject, getType, type Incident, type Organisation } from './organisation.ts';
import { toPrincipalDto } from './principal.ts';

export interface FieldObjectPlace {
  readonly org: Organisation;
  readonly incident: Incident;
}

const taskRights = [
  'read',
  'write',
  'comment',
  'assign',
  'close',
  'change_members',
  'attach_file',
  'read_attachments',
  'delete_attachments',
  'change_header',
];

export function toTaskDto(task: FieldObject, { org, incident }: FieldObjectPlace, format: HandleFormat): JsonObject {
  const owner = typeof task.state.owner_id === 'number' ? org.users.get(task.state.owner_id) : undefined;
  const notes = [...incident.notes.values()].filter(({ taskId, parentId }) => taskId === task.id && parentId === null);
  return {
    id: task.id,
    ...encodeState('task', task, { org, format }),
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner_id: incident.state.owner_id ?? null,
    inc_training: incident.state.inc_training ?? false,
    owner_fname: owner?.firstName ?? null,
    owner_lname: owner?.lastName ?? null,
    active: task.state.status !== 'C',
    frozen: false,
    custom: true,
    description: null,
    instr_text: task.state.instructions ?? null,
    cat_name: 'Custom',
    category_id: null,
    src_name: null,
    at_id: null,
    form: null,
    user_notes: null,
    members: null,
    perms: Object.fromEntries(taskRights.map((name) => [name, true])),
    notes: notes.map((note) => toNoteDto(incident, note)),
    notes_count: notes.length,
    attachments_count: 0,
    task_layout: [],
    auto_deactivate: false,
    creator_principal: toPrincipalDto(task.author),
    regs: {},
    actions: [],
  };
}

export function toMilestoneDto(milestone: FieldObject, { org, incident }: FieldObjectPlace, format: HandleFormat): JsonObject {
  return {
    id: milestone.id,
    ...encodeState('milestone', milestone, { org, format }),
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner: incident.state.owner_id ?? null,
    creator_principal: toPrincipalDto(milestone.author),
    perms: { read: true, write: true, delete: true },
    actions: [],
  };
}

function encodeState(
  kind: 'task' | 'milestone',
  { state }: FieldObject,
  { org, format }: { org: Organisation; format: HandleFormat },
): JsonObject {
  const fields = [...getType(org, kind).fields.values()];
  return Object.fromEntries(fields.map((field) => [field.name, encodeFieldValue(field, state[field.name], format, org.optionsOf)]));
}
