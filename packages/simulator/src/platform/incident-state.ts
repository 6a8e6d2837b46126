import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { type Field, qualifiedName } from './field.ts';
import { decodeFieldValue, encodeFieldValue, readField, writeField } from './field-value.ts';
import type { HandleFormat } from './handle-format.ts';
import { incidentTypeName } from './object-type.ts';
import { getType, type Organisation } from './organisation.ts';
import { type Principal, principalId, toPersonDto, toPrincipalDto } from './principal.ts';
import { refusal } from './rest-refusal.ts';

const noAssessment = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<assessment>\n    <rollups/>\n</assessment>\n';
/** What the sample server gives a new incident. */
const firstVersion = 2;

/** Every key an incident has, with the values of one that nobody has filled in. */
function emptyState(): JsonObject {
  const yes = ['comment', 'list_milestones', 'create_artifacts', 'read_attachments', 'read', 'create_milestones', 'change_members'];
  const more = ['write', 'attach_file', 'list_artifacts', 'delete_attachments', 'close', 'assign', 'delete'];
  return {
    pii: { assessment: noAssessment, data_source_ids: [], exposure: 0, harmstatus_id: 2 },
    tasks: null,
    cm: { total: 0, geo_counts: {}, unassigneds: [] },
    perms: Object.fromEntries([...yes, ...more].map((name) => [name, true])),
    exposure_vendor_id: null,
    exposure_dept_id: null,
    actions: [],
    playbooks: [],
    admin_id: null,
    task_changes: { removed: [], added: [] },
    confirmed: false,
    artifacts: null,
    comments: null,
    draft: false,
    assessment: noAssessment,
    inc_training: false,
    regulators: { ids: [] },
    data_compromised: null,
    hipaa: {},
    gdpr: {},
    regulator_risk: {},
    properties: {},
    is_scenario: false,
    dtm: {},
    jurisdiction_reg_id: null,
    workspace: 1,
    timer_field_summarized_incident_data: [],
    plan_status: 'A',
    phase_id: 1004,
    severity_code: null,
    crimestatus_id: 1,
    exposure: 0,
    exposure_type_id: 1,
    hard_liability: 0,
    reporter: '',
    addr: '',
    city: '',
    zip: '',
    exposure_individual_name: '',
    incident_type_ids: [],
    nist_attack_vectors: [],
    members: [],
  };
}

export interface WriteContext {
  readonly org: Organisation;
  readonly principal: Principal;
  readonly nowMs: number;
}

/**
 * The state of a new incident.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED (400) for a missing required field or a value a field cannot hold.
 */
export function createIncidentState(body: JsonObject, id: number, context: WriteContext): JsonObject {
  const { org, principal, nowMs } = context;
  const state = emptyState();
  for (const field of incidentFieldsOf(org)) {
    const given = readField(body, field);
    const kept = readField(state, field);
    if (given !== undefined && !field.readOnly) writeField(state, field, decodeFieldValue(field, given, org.optionsOf));
    else if (kept === undefined) writeField(state, field, decodeFieldValue(field, null, org.optionsOf));
  }
  state.id = id;
  state.org_id = org.id;
  state.org_handle = org.id;
  state.vers = firstVersion;
  state.create_date = nowMs;
  state.inc_last_modified_date = nowMs;
  state.sequence_code = `${org.id}-${id}`;
  state.creator = toPersonDto(principal);
  state.creator_id = principalId(principal);
  state.creator_principal = toPrincipalDto(principal);
  state.owner_id ??= principal.kind === 'user' ? principal.user.id : null;
  checkRequired(org, state);
  return state;
}

/**
 * The state after a PUT. A writable field that the body leaves out is cleared: the body stands for the whole object.
 *
 * @throws WirebookError SIMULATOR_REST_REFUSED: 409 when `vers` is not the current one, 400 as in {@link createIncidentState}.
 */
export function replaceIncidentState(current: JsonObject, body: JsonObject, context: WriteContext): JsonObject {
  if (body.vers !== current.vers) throw conflict();
  const state = structuredClone(current);
  for (const field of incidentFieldsOf(context.org)) {
    if (!field.readOnly) writeField(state, field, decodeFieldValue(field, readField(body, field), context.org.optionsOf));
  }
  return finishWrite(current, state, context);
}

/** Sets single fields, as PATCH and the post-process step do. */
export function changeIncidentState(current: JsonObject, values: ReadonlyMap<Field, JsonValue>, context: WriteContext): JsonObject {
  const state = structuredClone(current);
  for (const [field, given] of values) writeField(state, field, decodeFieldValue(field, given, context.org.optionsOf));
  return finishWrite(current, state, context);
}

function finishWrite(current: JsonObject, state: JsonObject, { org, nowMs }: WriteContext): JsonObject {
  checkRequired(org, state);
  if (state.plan_status === 'C' && current.plan_status !== 'C') state.end_date = nowMs;
  if (state.plan_status === 'A') state.end_date = null;
  state.vers = Number(current.vers) + 1;
  state.inc_last_modified_date = nowMs;
  return state;
}

function checkRequired(org: Organisation, state: JsonObject): void {
  const isClosed = state.plan_status === 'C';
  for (const field of incidentFieldsOf(org)) {
    if (field.required !== 'always' && !(field.required === 'close' && isClosed)) continue;
    const value = readField(state, field);
    const isMissing = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    if (isMissing) throw refusal(400, `Field ${field.name} is required.`, 'field_defs');
  }
}

function conflict(): Error {
  return refusal(409, 'This object was changed by someone else after it was read.');
}

/** The incident as an answer or a message shows it. */
export function toIncidentDto(org: Organisation, state: JsonObject, format: HandleFormat): JsonObject {
  if (format === 'ids') return state;
  const dto = structuredClone(state);
  for (const field of incidentFieldsOf(org))
    writeField(dto, field, encodeFieldValue(field, readField(state, field), format, org.optionsOf));
  return dto;
}

const partialKeys = [
  'id',
  'name',
  'description',
  'vers',
  'org_id',
  'discovered_date',
  'create_date',
  'inc_last_modified_date',
  'end_date',
  'due_date',
  'owner_id',
  'creator_id',
  'members',
  'plan_status',
  'severity_code',
  'phase_id',
  'incident_type_ids',
  'workspace',
  'sequence_code',
  'inc_training',
  'properties',
] as const;

/** The smaller object that queries answer with `return_level=partial`. */
export function toPartialIncidentDto(org: Organisation, state: JsonObject, format: HandleFormat): JsonObject {
  const full = toIncidentDto(org, state, format);
  return Object.fromEntries(partialKeys.map((key) => [key, full[key] ?? null]));
}

function incidentFieldsOf(org: Organisation): Iterable<Field> {
  return getType(org, incidentTypeName).fields.values();
}

/** The incident field with this name, with or without its prefix. */
export function findIncidentField(org: Organisation, name: string): Field | undefined {
  const fields = [...incidentFieldsOf(org)];
  return fields.find((field) => qualifiedName(field) === name) ?? fields.find((field) => field.name === name);
}

/** The body of a write, which has to be an object. */
export function requireObject(body: unknown): JsonObject {
  if (!isJsonObject(body)) throw refusal(400, 'The body has to be a JSON object.');
  return body;
}
