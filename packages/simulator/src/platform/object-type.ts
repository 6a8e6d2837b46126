import type { Ids } from '../ids.ts';
import { artifactTypes } from './artifact-type.ts';
import { createField, type Field, type FieldDraft, type FieldNumbers } from './field.ts';
import { incidentFields, phases } from './incident-fields.ts';

/** A kind of object of the platform, or one data table. */
export interface ObjectType {
  /** The id rules and messages use; a table's own one is 1001 or more. */
  readonly id: number;
  /** Equal to `id` but for tables, which all have 8. */
  readonly typeId: number;
  readonly name: string;
  readonly displayName: string;
  readonly parentTypes: readonly string[];
  readonly carriesRules: boolean;
  readonly uuid: string;
  readonly fields: Map<string, Field>;
}

export const incidentTypeName = 'incident';
export const activityTypeName = 'actioninvocation';
export const functionTypeName = '__function';
export const tableTypeId = 8;

const builtInTypes: readonly (readonly [
  id: number,
  name: string,
  displayName: string,
  parents: readonly string[],
  carriesRules: boolean,
])[] = [
  [0, incidentTypeName, 'Incident', [], true],
  [1, 'task', 'Task', ['incident'], true],
  [2, 'note', 'Note', ['incident', 'task'], true],
  [3, 'milestone', 'Milestone', ['incident'], true],
  [4, 'artifact', 'Artifact', ['incident'], true],
  [5, 'attachment', 'Attachment', ['incident', 'task'], true],
  [6, activityTypeName, 'Action Invocation', [], false],
  [7, 'organization', 'Organization', [], false],
  [9, '__layout', 'Layout', [], false],
  [10, '__messagedestination', 'Message Destination', [], false],
  [11, functionTypeName, 'Function', [], false],
  [12, '__workspace', 'Workspace', [], false],
  [14, '__user', 'User', [], false],
  [18, '__apikey', 'API Key', [], false],
  [27, '__artifacttype', 'Artifact Type', [], false],
];

const fieldsByType: Readonly<Record<string, readonly (FieldDraft & { readonly id: number })[]>> = {
  note: [
    { id: 101, name: 'text', text: 'Text', inputType: 'textarea', richText: true, required: 'always' },
    { id: 102, name: 'create_date', text: 'Date Created', inputType: 'datetimepicker', readOnly: true },
    { id: 103, name: 'user_id', text: 'Created By', inputType: 'select_user', readOnly: true },
    { id: 104, name: 'mentioned_users', text: 'Mentioned Users', inputType: 'multiselect_members', readOnly: true },
  ],
  artifact: [
    { id: 110, name: 'type', text: 'Type', inputType: 'select', required: 'always', options: artifactTypes },
    { id: 111, name: 'value', text: 'Value', inputType: 'textarea', required: 'always' },
    { id: 112, name: 'description', text: 'Description', inputType: 'textarea', richText: true },
    { id: 113, name: 'created', text: 'Date Created', inputType: 'datetimepicker', readOnly: true },
  ],
  task: [
    { id: 120, name: 'name', text: 'Name', inputType: 'text', required: 'always' },
    {
      id: 121,
      name: 'status',
      text: 'Status',
      inputType: 'select',
      options: [
        ['O', 'Open'],
        ['C', 'Closed'],
      ],
    },
    { id: 122, name: 'due_date', text: 'Due Date', inputType: 'datetimepicker' },
    { id: 123, name: 'owner_id', text: 'Owner', inputType: 'select_owner' },
    { id: 124, name: 'required', text: 'Required', inputType: 'boolean' },
    { id: 125, name: 'phase_id', text: 'Phase', inputType: 'select', options: phases },
    { id: 129, name: 'private', text: 'Private', inputType: 'boolean' },
    { id: 126, name: 'init_date', text: 'Date Initiated', inputType: 'datetimepicker', readOnly: true },
    { id: 127, name: 'closed_date', text: 'Date Closed', inputType: 'datetimepicker', readOnly: true },
    { id: 128, name: 'instructions', text: 'Instructions', inputType: 'textarea', richText: true },
  ],
  milestone: [
    { id: 130, name: 'title', text: 'Title', inputType: 'text', required: 'always' },
    { id: 131, name: 'date', text: 'Date', inputType: 'datetimepicker', required: 'always' },
    { id: 132, name: 'description', text: 'Description', inputType: 'textarea', richText: true },
  ],
  attachment: [{ id: 140, name: 'name', text: 'Name', inputType: 'text', readOnly: true }],
};

/** The types every organisation begins with. */
export function createBuiltInTypes(ids: Ids, numbers: FieldNumbers): Map<string, ObjectType> {
  return new Map(
    builtInTypes.map(([id, name, displayName, parentTypes, carriesRules]) => {
      const type: ObjectType = { id, typeId: id, name, displayName, parentTypes, carriesRules, uuid: ids.uuid(), fields: new Map() };
      const drafts = name === incidentTypeName ? incidentFields : (fieldsByType[name] ?? []).map((draft) => ({ ...draft, prefix: null }));
      for (const draft of drafts) {
        const field = createField(draft, { prefix: draft.prefix, typeId: id, internal: true }, { ids, numbers, id: draft.id });
        type.fields.set(draft.prefix === null ? draft.name : `${draft.prefix}.${draft.name}`, field);
      }
      return [name, type];
    }),
  );
}

export function isTable(type: ObjectType): boolean {
  return type.typeId === tableTypeId;
}
