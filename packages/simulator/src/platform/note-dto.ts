import type { JsonObject } from '../json-value.ts';
import type { Incident, Note } from './organisation.ts';
import { displayName, principalId, toPrincipalDto } from './principal.ts';

/** A note with the notes that answer it. */
export function toNoteDto(incident: Incident, note: Note): JsonObject {
  const task = note.taskId === null ? undefined : incident.tasks.get(note.taskId);
  const children = [...incident.notes.values()].filter((candidate) => candidate.parentId === note.id);
  const [firstName = '', ...rest] = displayName(note.author).split(' ');
  return {
    id: note.id,
    type: task === undefined ? 'incident' : 'task',
    parent_id: note.parentId,
    user_id: principalId(note.author),
    user_fname: firstName,
    user_lname: rest.join(' '),
    text: note.text,
    create_date: note.createdMs,
    modify_date: note.createdMs,
    modify_user: { id: principalId(note.author), first_name: firstName, last_name: rest.join(' ') },
    modify_principal: toPrincipalDto(note.author),
    creator_principal: toPrincipalDto(note.author),
    children: children.map((child) => toNoteDto(incident, child)),
    mentioned_users: [],
    comment_perms: { update: true, delete: true },
    is_deleted: false,
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner: incident.state.owner_id ?? null,
    task_id: task?.id ?? null,
    task_name: task?.state.name ?? null,
    task_custom: task === undefined ? null : true,
    task_members: null,
    task_at_id: null,
    actions: [],
    playbooks: [],
  };
}

/** The notes of an incident, or of one of its tasks, as trees, oldest first. */
export function toNoteTrees(incident: Incident, ofTask: number | null = null): JsonObject[] {
  return [...incident.notes.values()]
    .filter(({ parentId, taskId }) => parentId === null && taskId === ofTask)
    .map((note) => toNoteDto(incident, note));
}
