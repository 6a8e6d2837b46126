import type { JsonObject } from '../json-value.ts';
import type { WritePlace } from './incident-writes.ts';
import type { AttachedFile, Incident } from './organisation.ts';
import { principalId } from './principal.ts';
import { refusal } from './rest-refusal.ts';

/** A file as it was sent. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly description: string | null;
}

const mebibyte = 1_048_576;
/** As `/rest/const` says it. */
const maxMebibytes = 25;

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) for a file without a name or over the limit. */
export function createFile({ platform, actor }: WritePlace, sent: SentFile, taskId: number | null): AttachedFile {
  if (sent.name === '') throw refusal(400, 'Field file is required.', 'field_defs');
  if (sent.bytes.length > maxMebibytes * mebibyte) throw refusal(400, `The file is larger than ${maxMebibytes} MB.`);
  const id = platform.counters.nextObjectId('attachment');
  return { ...sent, id, uuid: platform.ids.uuid(), taskId, author: actor.principal, createdMs: platform.clock.now() };
}

export function addAttachment(
  place: WritePlace,
  incident: Incident,
  target: { readonly file: SentFile; readonly taskId: number | null },
): AttachedFile {
  const { platform, org, actor } = place;
  const added = createFile(place, target.file, target.taskId);
  incident.attachments.set(added.id, added);
  const after: JsonObject = { id: added.id, name: added.name };
  platform.onChange({ org, incident, typeName: 'attachment', objectId: added.id, before: null, after, actor });
  return added;
}

export function toAttachmentDto(file: AttachedFile, incident: Incident): JsonObject {
  const task = file.taskId === null ? undefined : incident.tasks.get(file.taskId);
  return {
    id: file.id,
    uuid: file.uuid,
    type: task === undefined ? 'incident' : 'task',
    name: file.name,
    content_type: file.contentType,
    created: file.createdMs,
    creator_id: principalId(file.author),
    size: file.bytes.length,
    description: file.description,
    actions: [],
    task_id: task?.id ?? null,
    task_name: task?.state.name ?? null,
    task_custom: task === undefined ? null : true,
    task_members: null,
    task_at_id: null,
    vers: 1,
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner: incident.state.owner_id ?? null,
  };
}
