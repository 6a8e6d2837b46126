import { type ActionObject, findActionObject } from '../actions/action-object.ts';
import type { Field } from '../platform/field.ts';
import { readField } from '../platform/field-value.ts';
import { findIncidentField } from '../platform/incident-state.ts';
import { incidentTypeName, isTable, type ObjectType } from '../platform/object-type.ts';
import { type AttachedFile, getType, type Incident, type Organisation } from '../platform/organisation.ts';
import { displayName } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import type { DeskField, DeskIncident, DeskIncidentSummary, DeskObject, DeskTable } from './analyst-view.ts';
import { findPerson, toDeskField } from './field-text.ts';
import { listMenuItems, type MenuPlace } from './menu-items.ts';

/** Fields of the platform itself that the screen shows behind those of the organisation. */
const shownFields = [
  'incident_type_ids',
  'nist_attack_vectors',
  'phase_id',
  'discovered_date',
  'due_date',
  'end_date',
  'creator_id',
  'members',
  'reporter',
  'city',
  'crimestatus_id',
  'resolution_id',
  'resolution_summary',
];
const titleLength = 100;

export function toIncidentSummary(org: Organisation, incident: Incident): DeskIncidentSummary {
  const { state } = incident;
  return {
    id: incident.id,
    name: String(state.name ?? ''),
    severity: toIncidentField(org, incident, 'severity_code').text || null,
    status: toIncidentField(org, incident, 'plan_status').text,
    owner: findPerson(org, state.owner_id) ?? null,
    createdAtMs: Number(state.create_date),
    artifactCount: incident.artifacts.size,
    noteCount: incident.notes.size,
  };
}

export function toIncidentView(place: MenuPlace): DeskIncident {
  const { org, incident } = place;
  const ofOrganisation = [...getType(org, incidentTypeName).fields.values()].filter((field) => !field.internal);
  return {
    ...toIncidentSummary(org, incident),
    descriptionHtml: toIncidentField(org, incident, 'description').text,
    fields: [
      ...ofOrganisation.map((field) => toDeskField(org, field, readField(incident.state, field))),
      ...shownFields.map((name) => toIncidentField(org, incident, name)),
    ],
    artifacts: [...incident.artifacts.keys()].map((id) => toArtifact(place, id)),
    notes: [...incident.notes.keys()].reverse().map((id) => toNote(place, id)),
    tasks: [...incident.tasks.keys()].map((id) => toFieldObject(place, 'task', id)),
    attachments: [...incident.attachments.values()].map((file) => toAttachment(place, file)),
    milestones: [...incident.milestones.keys()].map((id) => toFieldObject(place, 'milestone', id)),
    tables: [...org.types.values()].filter(isTable).map((table) => toTable(place, table)),
    actions: listMenuItems(place, getObject(place, getType(org, incidentTypeName), incident.id)),
  };
}

function toIncidentField(org: Organisation, incident: Incident, name: string): DeskField {
  const field = findIncidentField(org, name);
  if (field === undefined) throw refusal(404, `Unable to find the field ${name}.`);
  return toDeskField(org, field, readField(incident.state, field));
}

function toArtifact(place: MenuPlace, id: number): DeskObject {
  const type = getType(place.org, 'artifact');
  const object = getObject(place, type, id);
  const shown = [...type.fields.values()].filter(({ name }) => name !== 'created');
  return {
    type: 'artifact',
    id,
    title: String(object.kept.value),
    fields: toFields(place.org, shown, object),
    actions: listMenuItems(place, object),
    createdAtMs: Number(object.kept.created),
  };
}

function toAttachment(place: MenuPlace, { id, name, contentType, bytes, taskId, createdMs }: AttachedFile): DeskObject {
  const object = getObject(place, getType(place.org, 'attachment'), id);
  const task = taskId === null ? undefined : place.incident.tasks.get(taskId);
  const facts = [
    ['content_type', 'Type', contentType],
    ['size', 'Size', `${bytes.length.toLocaleString('en')} bytes`],
    ...(task === undefined ? [] : [['task', 'Task', String(task.state.name)]]),
  ];
  return {
    type: 'attachment',
    id,
    title: name,
    fields: facts.map(([key = '', label = '', text = '']) => ({ name: key, label, inputType: 'text', text, isRichText: false })),
    actions: listMenuItems(place, object),
    createdAtMs: createdMs,
  };
}

function toFieldObject(place: MenuPlace, kind: 'task' | 'milestone', id: number): DeskObject {
  const type = getType(place.org, kind);
  const object = getObject(place, type, id);
  const kept = (kind === 'task' ? place.incident.tasks : place.incident.milestones).get(id);
  return {
    type: kind,
    id,
    title: String(object.kept[kind === 'task' ? 'name' : 'title']),
    fields: toFields(place.org, [...type.fields.values()], object),
    actions: listMenuItems(place, object),
    createdAtMs: kept?.createdMs ?? 0,
  };
}

function toNote(place: MenuPlace, id: number): DeskObject {
  const type = getType(place.org, 'note');
  const object = getObject(place, type, id);
  const author = place.incident.notes.get(id)?.author;
  const [text, createdBy] = ['text', 'user_id'].map((name) => type.fields.get(name));
  return {
    type: 'note',
    id,
    title: toFirstWords(String(object.kept.text)),
    fields: [
      ...toFields(place.org, text === undefined ? [] : [text], object),
      ...(createdBy === undefined || author === undefined
        ? []
        : [{ ...toDeskField(place.org, createdBy, null), text: displayName(author) }]),
    ],
    actions: listMenuItems(place, object),
    createdAtMs: Number(object.kept.create_date),
  };
}

function toTable(place: MenuPlace, table: ObjectType): DeskTable {
  const columns = [...table.fields.values()];
  const rows = [...place.incident.rows.values()].filter(({ tableName }) => tableName === table.name);
  return {
    name: table.name,
    label: table.displayName,
    columns: columns.map(({ name, text }) => ({ name, label: text })),
    rows: rows.map(({ id, createdMs }) => {
      const object = getObject(place, table, id);
      const fields = toFields(place.org, columns, object);
      const filled = fields.filter(({ text }) => text !== '').map(({ text }) => text);
      return {
        type: 'row',
        id,
        title: cut(filled.join(' | ')),
        fields,
        actions: listMenuItems(place, object),
        createdAtMs: createdMs,
      };
    }),
  };
}

function toFields(org: Organisation, fields: readonly Field[], { kept }: ActionObject): readonly DeskField[] {
  return fields.map((field) => toDeskField(org, field, readField(kept, field)));
}

/** @throws SIMULATOR_REST_REFUSED (404) */
function getObject({ org, incident }: MenuPlace, type: ObjectType, id: number): ActionObject {
  const object = findActionObject(org, incident, { type, id });
  if (object === undefined) throw refusal(404, `Incident ${incident.id} has no ${type.name} ${id}.`);
  return object;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** The text of HTML in one line, for a heading; never to be shown as HTML. */
function toFirstWords(html: string): string {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&([a-z]+|#\d+);/g, (whole, name: string) => entities[name] ?? whole);
  return cut(text.replace(/\s+/g, ' ').trim());
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= titleLength ? text : `${characters.slice(0, titleLength - 1).join('')}…`;
}
