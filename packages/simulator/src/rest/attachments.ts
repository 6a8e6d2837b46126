import { addAttachment, toAttachmentDto } from '../platform/attached-files.ts';
import { type AttachedFile, getIncident, getTask, type Incident } from '../platform/organisation.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { requireMultipart } from './multipart-body.ts';
import { deleted, idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** Whose attachments a request is about. */
interface AttachmentPlace {
  readonly incident: Incident;
  readonly taskId: number | null;
}

/** `/incidents/{id}/attachments` and `/tasks/{id}/attachments`. */
export const attachmentRoutes: readonly OrgRoute[] = [
  ...routesBelow('/incidents/:incident', (request) => ({ incident: getIncident(request.org, idParam(request, 'incident')), taskId: null })),
  ...routesBelow('/tasks/:task', (request) => {
    const { incident, task } = getTask(request.org, idParam(request, 'task'));
    return { incident, taskId: task.id };
  }),
];

function routesBelow(parent: string, placeOf: (request: OrgRequest) => AttachmentPlace): readonly OrgRoute[] {
  const list = `${parent}/attachments`;
  const one = `${list}/:attachment`;
  return [
    {
      method: 'get',
      path: list,
      handle(request) {
        const { incident, taskId } = placeOf(request);
        return ok(
          [...incident.attachments.values()].filter((file) => file.taskId === taskId).map((file) => toAttachmentDto(file, incident)),
        );
      },
    },
    {
      method: 'post',
      path: list,
      handle(request) {
        const { incident, taskId } = placeOf(request);
        const { file } = requireMultipart(request.body);
        return ok(toAttachmentDto(addAttachment(request.place, incident, { file, taskId }), incident));
      },
    },
    { method: 'get', path: one, handle: (request) => ok(toAttachmentDto(find(request, placeOf(request)), placeOf(request).incident)) },
    {
      method: 'get',
      path: `${one}/contents`,
      handle(request) {
        const { contentType, bytes } = find(request, placeOf(request));
        return { status: 200, body: null, content: { contentType, bytes } };
      },
    },
    {
      method: 'delete',
      path: one,
      handle(request) {
        const place = placeOf(request);
        place.incident.attachments.delete(find(request, place).id);
        request.platform.onRemove(request.org, place.incident);
        return deleted();
      },
    },
  ];
}

function find(request: OrgRequest, { incident, taskId }: AttachmentPlace): AttachedFile {
  const file = incident.attachments.get(idParam(request, 'attachment'));
  if (file === undefined || file.taskId !== taskId) throw refusal(404, `Unable to find object with ID ${request.params.attachment}.`);
  return file;
}
