import type { Ids } from '../ids.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Field, FieldNumbers, FieldOption } from './field.ts';
import type { OptionsOf } from './field-value.ts';
import { createBuiltInTypes, type ObjectType } from './object-type.ts';
import type { ApiKey, Principal, User } from './principal.ts';
import { refusal } from './rest-refusal.ts';
import type { FunctionDefinition, MessageDestination, Playbook, Rule, Script, Workflow } from './rule.ts';
import type { WikiPage } from './wiki-pages.ts';
import type { WorkflowInstance } from './workflow-instance.ts';

export interface Note {
  readonly id: number;
  /** The task that it belongs to; null: the incident itself. */
  readonly taskId: number | null;
  readonly parentId: number | null;
  readonly author: Principal;
  readonly createdMs: number;
  readonly text: string;
}

export interface Artifact {
  readonly id: number;
  readonly typeId: number;
  readonly value: string;
  readonly description: string | null;
  readonly author: Principal;
  readonly createdMs: number;
  readonly hash: string;
  /** Null for one that is a value alone. */
  readonly file: AttachedFile | null;
}

/** A file at an incident, one of its tasks, or an artifact. */
export interface AttachedFile {
  readonly id: number;
  readonly uuid: string;
  /** The task that it belongs to; null: the incident itself. */
  readonly taskId: number | null;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly description: string | null;
  readonly author: Principal;
  readonly createdMs: number;
}

/** A task or a milestone: what its type's fields say. */
export interface FieldObject {
  readonly id: number;
  /** Kept values by field name. Replaced as a whole by a write, never changed. */
  state: JsonObject;
  readonly author: Principal;
  readonly createdMs: number;
}

export interface TableRow {
  readonly id: number;
  readonly tableName: string;
  /** Kept values by column API name; an empty cell has no entry. */
  readonly cells: ReadonlyMap<string, JsonValue>;
  readonly createdMs: number;
  readonly version: number;
}

export interface Incident {
  readonly id: number;
  /** All keys of the incident, with ids for handles. Replaced as a whole by a write, never changed. */
  state: JsonObject;
  readonly creator: Principal;
  readonly notes: Map<number, Note>;
  readonly artifacts: Map<number, Artifact>;
  readonly rows: Map<number, TableRow>;
  readonly attachments: Map<number, AttachedFile>;
  readonly tasks: Map<number, FieldObject>;
  readonly milestones: Map<number, FieldObject>;
}

/** Users under one name. */
interface Group {
  readonly name: string;
  readonly uuid: string;
  readonly memberIds: readonly number[];
}

/** One organisation with everything that belongs to it. */
export interface Organisation {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
  readonly cloudAccount: string | null;
  readonly enabled: boolean;
  readonly createdMs: number;
  readonly users: Map<number, User>;
  readonly apiKeys: Map<number, ApiKey>;
  readonly types: Map<string, ObjectType>;
  readonly destinations: Map<number, MessageDestination>;
  readonly functions: Map<number, FunctionDefinition>;
  readonly workflows: Map<number, Workflow>;
  readonly workflowInstances: Map<number, WorkflowInstance>;
  readonly scripts: Map<number, Script>;
  readonly playbooks: Map<number, Playbook>;
  readonly rules: Map<number, Rule>;
  readonly incidents: Map<number, Incident>;
  readonly groups: Map<number, Group>;
  readonly wikiPages: Map<number, WikiPage>;
  readonly optionsOf: OptionsOf;
}

export interface OrganisationIdentity {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly hasCloudAccount: boolean;
  readonly createdMs: number;
}

export function createOrganisation(identity: OrganisationIdentity, sources: { ids: Ids; numbers: FieldNumbers }): Organisation {
  const users = new Map<number, User>();
  return {
    id: identity.id,
    name: identity.name,
    enabled: identity.enabled,
    createdMs: identity.createdMs,
    uuid: sources.ids.uuid(),
    cloudAccount: identity.hasCloudAccount ? sources.ids.uuid() : null,
    users,
    apiKeys: new Map(),
    types: createBuiltInTypes(sources.ids, sources.numbers),
    destinations: new Map(),
    functions: new Map(),
    workflows: new Map(),
    workflowInstances: new Map(),
    scripts: new Map(),
    playbooks: new Map(),
    rules: new Map(),
    incidents: new Map(),
    groups: new Map(),
    wikiPages: new Map(),
    optionsOf: (field) => (choosesUser(field) ? userOptions(users) : field.options),
  };
}

function choosesUser(field: Field): boolean {
  return field.inputType === 'select_owner' || field.inputType === 'select_user' || field.inputType === 'multiselect_members';
}

function userOptions(users: ReadonlyMap<number, User>): readonly FieldOption[] {
  return [...users.values()].map((user) => ({ value: user.id, label: user.email, enabled: true, isDefault: false, uuid: '' }));
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (404) */
export function getType(org: Organisation, name: string): ObjectType {
  return org.types.get(name) ?? raise(refusal(404, `Unable to find the type ${name}.`));
}

/** A type by API name, or by id as text. */
export function findTypeByHandle(org: Organisation, handle: string): ObjectType | undefined {
  return org.types.get(handle) ?? (/^\d+$/.test(handle) ? findTypeById(org, Number(handle)) : undefined);
}

export function findTypeById(org: Organisation, id: number): ObjectType | undefined {
  return [...org.types.values()].find((type) => type.id === id);
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (404) */
export function getIncident(org: Organisation, id: number): Incident {
  return org.incidents.get(id) ?? raise(refusal(404, `Unable to find object with ID ${id}.`));
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (404) */
export function getTask(org: Organisation, id: number): { readonly incident: Incident; readonly task: FieldObject } {
  for (const incident of org.incidents.values()) {
    const task = incident.tasks.get(id);
    if (task !== undefined) return { incident, task };
  }
  return raise(refusal(404, `Unable to find object with ID ${id}.`));
}

export function findDestinationByName(org: Organisation, programmaticName: string): MessageDestination | undefined {
  return [...org.destinations.values()].find((destination) => destination.programmaticName === programmaticName);
}

export function findFunctionByName(org: Organisation, name: string): FunctionDefinition | undefined {
  return [...org.functions.values()].find((candidate) => candidate.name === name);
}

function raise(error: Error): never {
  throw error;
}
