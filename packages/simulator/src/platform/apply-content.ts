import { WirebookError } from '@wirebook/errors';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { addAttachment } from './attached-files.ts';
import { addArtifacts, addNote, addRow } from './child-writes.ts';
import type { OrganisationContent, RuleContent, WorkflowContent } from './content.ts';
import { createField, type FieldDraft, type FieldPlace, qualifiedName } from './field.ts';
import { addFieldObject } from './field-object-writes.ts';
import { createIncident, type WritePlace } from './incident-writes.ts';
import { activityTypeName, functionTypeName, incidentTypeName, type ObjectType, tableTypeId } from './object-type.ts';
import { findDestinationByName, findFunctionByName, getType, type Organisation } from './organisation.ts';
import type { Platform } from './platform.ts';
import { systemPrincipal } from './principal.ts';
import type { Rule, ViewItem, WorkflowCall } from './rule.ts';
import { addWikiPage } from './wiki-pages.ts';

const dayInSeconds = 86_400;

/**
 * Adds content to an organisation. Rules come last, so that the incidents of the content fire none.
 *
 * @throws WirebookError SIMULATOR_CONTENT_INVALID when a name refers to nothing.
 */
export function applyContent(platform: Platform, org: Organisation, content: OrganisationContent): void {
  addFields(platform, getType(org, incidentTypeName), content.incidentFields ?? [], { prefix: 'properties', typeId: 0, internal: false });
  addFields(platform, getType(org, activityTypeName), content.activityFields ?? [], { prefix: 'properties', typeId: 6, internal: false });
  addFields(platform, getType(org, functionTypeName), content.functionFields ?? [], { prefix: null, typeId: 11, internal: false });
  for (const table of content.tables ?? []) addTable(platform, org, table);
  for (const draft of content.destinations ?? []) addDestination(platform, org, draft);
  addFunctions(platform, org, content);
  addWorkflows(platform, org, content);
  addScripts(platform, org, content);
  addPlaybooks(platform, org, content);
  addGroups(platform, org, content);
  const place = toPlace(platform, org);
  addWikiPages(place, content.wikiPages);
  addIncidents(place, content);
  for (const draft of content.rules ?? []) addRule(platform, org, draft);
}

function addFields(platform: Platform, type: ObjectType, drafts: readonly FieldDraft[], place: FieldPlace): void {
  for (const draft of drafts) {
    const field = createField(draft, place, { ids: platform.ids, numbers: platform.counters });
    type.fields.set(qualifiedName(field), field);
  }
}

function addTable(
  platform: Platform,
  org: Organisation,
  draft: { name: string; displayName: string; columns: readonly FieldDraft[] },
): void {
  const id = platform.counters.nextObjectId('type');
  const type: ObjectType = {
    id,
    typeId: tableTypeId,
    name: draft.name,
    displayName: draft.displayName,
    parentTypes: [incidentTypeName],
    carriesRules: true,
    uuid: platform.ids.uuid(),
    fields: new Map(),
  };
  addFields(platform, type, draft.columns, { prefix: null, typeId: id, internal: false });
  org.types.set(draft.name, type);
}

export function addDestination(
  platform: Platform,
  org: Organisation,
  draft: { name: string; programmaticName: string; expectAck: boolean },
): number {
  const id = platform.counters.nextObjectId('destination');
  org.destinations.set(id, {
    id,
    ...draft,
    destinationType: 0,
    users: [...org.users.keys()],
    apiKeys: [...org.apiKeys.keys()],
    uuid: platform.ids.uuid(),
  });
  platform.onDestination(org, draft.programmaticName);
  return id;
}

function addFunctions(platform: Platform, org: Organisation, content: OrganisationContent): void {
  const fields = getType(org, functionTypeName).fields;
  for (const draft of content.functions ?? []) {
    const id = platform.counters.nextObjectId('function');
    const destinationId = required(findDestinationByName(org, draft.destination)?.id, 'destination', draft.destination);
    const viewItems = draft.inputs.map((name): ViewItem => {
      const field = required(fields.get(name), 'function field', name);
      return { element: 'field_uuid', content: field.uuid, fieldType: '__function' };
    });
    org.functions.set(id, {
      id,
      name: draft.name,
      displayName: draft.displayName,
      description: draft.description,
      destinationId,
      uuid: platform.ids.uuid(),
      version: 1,
      viewItems,
      lastModifiedMs: org.createdMs,
    });
  }
}

function addWorkflows(platform: Platform, org: Organisation, content: OrganisationContent): void {
  for (const draft of content.workflows ?? []) {
    const id = platform.counters.nextObjectId('workflow');
    org.workflows.set(id, {
      id,
      name: draft.name,
      programmaticName: draft.programmaticName,
      objectTypeId: getType(org, draft.objectType).id,
      uuid: platform.ids.uuid(),
      calls: toCalls(org, draft.calls),
    });
  }
}

function toCalls(org: Organisation, drafts: WorkflowContent['calls']): readonly WorkflowCall[] {
  return drafts.map((call) => ({
    functionId: required(findFunctionByName(org, call.function)?.id, 'function', call.function),
    inputs: call.inputs,
    writes: call.writes,
  }));
}

function addScripts(platform: Platform, org: Organisation, content: OrganisationContent): void {
  for (const { objectType, ...draft } of content.scripts ?? []) {
    const id = platform.counters.nextObjectId('script');
    org.scripts.set(id, { id, ...draft, objectTypeId: getType(org, objectType).id, uuid: platform.ids.uuid() });
  }
}

function addPlaybooks(platform: Platform, org: Organisation, content: OrganisationContent): void {
  for (const { objectType, calls, ...draft } of content.playbooks ?? []) {
    const id = platform.counters.nextObjectId('playbook');
    org.playbooks.set(id, {
      id,
      ...draft,
      objectTypeId: getType(org, objectType).id,
      uuid: platform.ids.uuid(),
      calls: toCalls(org, calls),
    });
  }
}

function addRule(platform: Platform, org: Organisation, draft: RuleContent): void {
  const activityFields = getType(org, activityTypeName).fields;
  const workflows = [...org.workflows.values()];
  const rule: Rule = {
    id: platform.counters.nextObjectId('rule'),
    name: draft.name,
    uuid: platform.ids.uuid(),
    enabled: true,
    kind: draft.kind,
    objectTypeId: getType(org, draft.objectType).id,
    conditions: { conditions: draft.conditions ?? [], logic: draft.logic ?? 'all', customCondition: draft.customCondition ?? null },
    destinationIds: (draft.destinations ?? []).map((name) => required(findDestinationByName(org, name)?.id, 'destination', name)),
    workflowIds: (draft.workflows ?? []).map((name) =>
      required(workflows.find((workflow) => workflow.programmaticName === name)?.id, 'workflow', name),
    ),
    viewItems: (draft.form ?? []).map((item): ViewItem => {
      if ('heading' in item) return { element: 'header', content: item.heading, fieldType: null };
      const field = required(activityFields.get(`properties.${item.field}`), 'activity field', item.field);
      return { element: 'field_uuid', content: field.uuid, fieldType: 'actioninvocation' };
    }),
    timeoutSeconds: draft.timeoutSeconds ?? dayInSeconds,
  };
  org.rules.set(rule.id, rule);
}

function addGroups(platform: Platform, org: Organisation, content: OrganisationContent): void {
  for (const { name, members } of content.groups ?? []) {
    const memberIds = [...org.users.values()].filter(({ email }) => members.includes(email)).map(({ id }) => id);
    org.groups.set(platform.counters.nextObjectId('group'), { name, uuid: platform.ids.uuid(), memberIds });
  }
}

function addWikiPages(place: WritePlace, pages: OrganisationContent['wikiPages'] = [], parentId: number | null = null): void {
  for (const { title, text, children } of pages) addWikiPages(place, children, addWikiPage(place, { title, text, parentId }).id);
}

/** Content is the work of the first person of the organisation. */
function toPlace(platform: Platform, org: Organisation): WritePlace {
  const [firstUser] = org.users.values();
  const principal = firstUser === undefined ? systemPrincipal : ({ kind: 'user', user: firstUser } as const);
  return { platform, org, actor: { principal, skippedRuleId: null } };
}

function addIncidents(place: WritePlace, content: OrganisationContent): void {
  const { org } = place;
  for (const draft of content.incidents ?? []) {
    const incident = createIncident(place, draft.body);
    for (const text of draft.notes) addNote(place, incident, { text });
    for (const artifact of draft.artifacts) addArtifacts(place, incident, { ...artifact });
    for (const task of draft.tasks ?? []) addFieldObject(place, { kind: 'task', incident }, task);
    for (const { text, ...file } of draft.attachments ?? [])
      addAttachment(place, incident, { file: { ...file, bytes: Buffer.from(text), description: null }, taskId: null });
    for (const milestone of draft.milestones ?? []) addFieldObject(place, { kind: 'milestone', incident }, milestone);
    for (const row of draft.rows) addRow(place, incident, { table: getType(org, row.table), body: { cells: toCells(row.cells) } });
  }
}

function toCells(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isJsonObject(value) ? value : { value }]));
}

function required<Value>(value: Value | undefined, kind: string, name: string): Value {
  if (value === undefined)
    throw new WirebookError('SIMULATOR_CONTENT_INVALID', `there is no ${kind} "${name}"; define it before it is named`);
  return value;
}
