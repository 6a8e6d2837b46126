import type { JsonObject } from '../json-value.ts';
import { toArtifactDto } from '../platform/artifact-dto.ts';
import { toAttachmentDto } from '../platform/attached-files.ts';
import { toNoteDto } from '../platform/note-dto.ts';
import { isTable, type ObjectType } from '../platform/object-type.ts';
import type { Incident, Organisation } from '../platform/organisation.ts';
import { toRowDto } from '../platform/table-row-dto.ts';
import { toMilestoneDto, toTaskDto } from '../platform/task-dto.ts';

/** The object a rule runs on: the incident or something below it. */
export interface ActionObject {
  readonly type: ObjectType;
  readonly id: number;
  /** The place in the message body that holds it; `incident` for the incident itself. */
  readonly role: 'incident' | 'artifact' | 'note' | 'row' | 'task' | 'milestone' | 'attachment';
  /** As the message shows it, with ids for handles. */
  readonly dto: JsonObject;
  /** Values by field name, as the platform keeps them. */
  readonly kept: JsonObject;
}

export interface ObjectReference {
  readonly type: ObjectType;
  readonly id: number;
}

/** Looks the object up in the incident; undefined when it is not there. */
export function findActionObject(org: Organisation, incident: Incident, { type, id }: ObjectReference): ActionObject | undefined {
  if (type.name === 'incident') {
    return id === incident.id ? { type, id, role: 'incident', dto: incident.state, kept: incident.state } : undefined;
  }
  if (type.name === 'artifact') {
    const artifact = incident.artifacts.get(id);
    if (artifact === undefined) return undefined;
    const kept = { id, type: artifact.typeId, value: artifact.value, description: artifact.description, created: artifact.createdMs };
    return { type, id, role: 'artifact', dto: toArtifactDto(artifact, { org, incident }, 'ids'), kept };
  }
  if (type.name === 'note') {
    const note = incident.notes.get(id);
    if (note === undefined) return undefined;
    return { type, id, role: 'note', dto: toNoteDto(incident, note), kept: { id, text: note.text, create_date: note.createdMs } };
  }
  if (type.name === 'attachment') {
    const file = incident.attachments.get(id);
    return file === undefined
      ? undefined
      : { type, id, role: 'attachment', dto: toAttachmentDto(file, incident), kept: { id, name: file.name } };
  }
  if (type.name === 'task' || type.name === 'milestone') {
    const object = (type.name === 'task' ? incident.tasks : incident.milestones).get(id);
    if (object === undefined) return undefined;
    const dto = (type.name === 'task' ? toTaskDto : toMilestoneDto)(object, { org, incident }, 'ids');
    return { type, id, role: type.name, dto, kept: { id, ...object.state } };
  }
  const row = isTable(type) ? incident.rows.get(id) : undefined;
  if (row === undefined || row.tableName !== type.name) return undefined;
  return { type, id, role: 'row', dto: toRowDto(row, { org, incident, table: type }, 'ids'), kept: Object.fromEntries(row.cells) };
}
