import { addNote, removeChild } from '../platform/child-writes.ts';
import { addFieldObject, removeFieldObject, writeFieldObject } from '../platform/field-object-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { toNoteDto, toNoteTrees } from '../platform/note-dto.ts';
import { getIncident, getTask, type Note } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { toTaskDto } from '../platform/task-dto.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok, type RestAnswer } from './rest-route.ts';

/** `/incidents/{id}/tasks`, and `/tasks/{id}` with the notes of a task. */
export const taskRoutes: readonly OrgRoute[] = [
  {
    method: 'get',
    path: '/incidents/:incident/tasks',
    handle(request) {
      const { org, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      return ok([...incident.tasks.values()].map((task) => toTaskDto(task, { org, incident }, format)));
    },
  },
  {
    method: 'post',
    path: '/incidents/:incident/tasks',
    handle(request) {
      const { org, place, format } = request;
      const incident = getIncident(org, idParam(request, 'incident'));
      return ok(toTaskDto(addFieldObject(place, { kind: 'task', incident }, requireObject(request.body)), { org, incident }, format));
    },
  },
  { method: 'get', path: '/tasks/:task', handle: showTask },
  {
    method: 'put',
    path: '/tasks/:task',
    handle(request) {
      const { incident, task } = requestedTask(request);
      writeFieldObject(request.place, { kind: 'task', incident }, { object: task, body: requireObject(request.body) });
      return showTask(request);
    },
  },
  {
    method: 'delete',
    path: '/tasks/:task',
    handle(request) {
      const { incident, task } = requestedTask(request);
      removeFieldObject(request.place, { kind: 'task', incident }, task.id);
      return deleted();
    },
  },
  {
    method: 'get',
    path: '/tasks/:task/comments',
    handle(request) {
      const { incident, task } = requestedTask(request);
      return ok(toNoteTrees(incident, task.id));
    },
  },
  {
    method: 'post',
    path: '/tasks/:task/comments',
    handle(request) {
      const { incident, task } = requestedTask(request);
      return ok(toNoteDto(incident, addNote(request.place, incident, requireObject(request.body), task.id)));
    },
  },
  {
    method: 'get',
    path: '/tasks/:task/comments/:comment',
    handle: (request) => ok(toNoteDto(requestedTask(request).incident, requestedNote(request))),
  },
  {
    method: 'delete',
    path: '/tasks/:task/comments/:comment',
    handle(request) {
      removeChild(request.place, requestedTask(request).incident, { kind: 'notes', id: requestedNote(request).id });
      return deleted();
    },
  },
];

function requestedTask(request: OrgRequest): ReturnType<typeof getTask> {
  return getTask(request.org, idParam(request, 'task'));
}

function showTask(request: OrgRequest): RestAnswer {
  const { incident, task } = requestedTask(request);
  return ok(toTaskDto(task, { org: request.org, incident }, request.format));
}

function requestedNote(request: OrgRequest): Note {
  const { incident, task } = requestedTask(request);
  const note = incident.notes.get(idParam(request, 'comment'));
  if (note?.taskId !== task.id) throw refusal(404, `Unable to find object with ID ${request.params.comment}.`);
  return note;
}
