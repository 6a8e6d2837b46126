import { addNote, removeChild } from '../platform/child-writes.ts';
import { requireObject } from '../platform/incident-state.ts';
import { toNoteDto, toNoteTrees } from '../platform/note-dto.ts';
import { getIncident, type Incident, type Note } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/incidents/{id}/comments`: the notes. */
export const commentRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/incidents/:incident/comments', handle: (request) => ok(toNoteTrees(incidentOf(request))) },
  {
    method: 'post',
    path: '/incidents/:incident/comments',
    handle(request) {
      const incident = incidentOf(request);
      return ok(toNoteDto(incident, addNote(request.place, incident, requireObject(request.body))));
    },
  },
  {
    method: 'get',
    path: '/incidents/:incident/comments/:comment',
    handle: (request) => ok(toNoteDto(incidentOf(request), requestedNote(request))),
  },
  {
    method: 'delete',
    path: '/incidents/:incident/comments/:comment',
    handle(request) {
      removeChild(request.place, incidentOf(request), { kind: 'notes', id: requestedNote(request).id });
      return deleted();
    },
  },
];

function incidentOf(request: OrgRequest): Incident {
  return getIncident(request.org, idParam(request, 'incident'));
}

function requestedNote(request: OrgRequest): Note {
  const note = incidentOf(request).notes.get(idParam(request, 'comment'));
  if (note === undefined) throw refusal(404, `Unable to find object with ID ${request.params.comment}.`);
  return note;
}
