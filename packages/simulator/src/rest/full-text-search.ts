import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject, ownValue } from '../json-value.ts';
import { requireObject } from '../platform/incident-state.ts';
import type { Incident, Organisation } from '../platform/organisation.ts';
import { type Principal, principalId } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';

const maxResults = 100;

/** An object with the texts that are searched. */
interface SearchedObject {
  readonly type: string;
  readonly id: number;
  readonly name: string;
  readonly author: Principal;
  readonly createdMs: JsonValue;
  readonly texts: Readonly<Record<string, JsonValue | undefined>>;
  readonly taskId?: number | null;
}

export interface FullTextQuery {
  readonly orgId: number;
  readonly text: string;
  /** Null: every type. */
  readonly types: ReadonlySet<string> | null;
}

/** @throws WirebookError SIMULATOR_REST_REFUSED (400) */
export function readFullTextQuery(body: unknown): FullTextQuery {
  const given = requireObject(body);
  const text = ownValue(given, 'query');
  if (typeof text !== 'string' || text.trim() === '') throw refusal(400, 'Field query is required.', 'field_defs');
  const orgId = ownValue(given, 'org_id');
  if (typeof orgId !== 'number') throw refusal(400, 'Field org_id is required.', 'field_defs');
  const types = ownValue(given, 'types') ?? null;
  if (types !== null && !Array.isArray(types)) throw refusal(400, 'Field types has to be a list.');
  return { orgId, text: text.trim().toLowerCase(), types: types === null || types.length === 0 ? null : new Set(types.map(String)) };
}

/** What `search_ex` answers: the objects in which the text stands, whatever its capitals, those with it in more places first. */
export function searchFullText(org: Organisation, { text, types }: FullTextQuery): JsonObject {
  const results = [...org.incidents.values()].flatMap((incident) =>
    listObjects(org, incident)
      .filter(({ type }) => types === null || types.has(type))
      .flatMap((object) => {
        const matches = Object.entries(object.texts).flatMap(([field, value]) =>
          typeof value === 'string' && value.toLowerCase().includes(text) ? [{ match_field_name: field, match_field_value: value }] : [],
        );
        const [first] = matches;
        return first === undefined ? [] : [toResult(org, { incident, object, matches, first })];
      }),
  );
  return { results: results.sort((left, right) => right.score - left.score).slice(0, maxResults) };
}

type Match = { readonly match_field_name: string; readonly match_field_value: string };

function toResult(
  org: Organisation,
  { incident, object, matches, first }: { incident: Incident; object: SearchedObject; matches: readonly Match[]; first: Match },
) {
  const { taskId = null } = object;
  return {
    type_id: object.type,
    org_id: org.id,
    obj_id: object.id,
    obj_name: object.name,
    obj_creator_id: principalId(object.author),
    obj_create_date: object.createdMs,
    inc_id: incident.id,
    inc_name: incident.state.name ?? null,
    inc_owner_id: incident.state.owner_id ?? null,
    task_id: taskId,
    task_name: (taskId === null ? undefined : incident.tasks.get(taskId)?.state.name) ?? null,
    score: matches.length,
    ...first,
    match_highlights: matches.map((match) => ({ ...match })),
    result: { id: object.id, ...Object.fromEntries(Object.entries(object.texts).map(([key, value]) => [key, value ?? null])) },
  };
}

function listObjects(org: Organisation, incident: Incident): readonly SearchedObject[] {
  const { state } = incident;
  const describe = (value: JsonValue | undefined) => (isJsonObject(value) ? ownValue(value, 'content') : value);
  return [
    {
      type: 'incident',
      id: incident.id,
      name: String(state.name),
      author: incident.creator,
      createdMs: state.create_date ?? null,
      texts: { name: state.name, description: describe(state.description) },
    },
    ...[...incident.tasks.values()].map((task) => ({
      ...task,
      type: 'task',
      name: String(task.state.name),
      taskId: task.id,
      texts: { name: task.state.name, instructions: describe(task.state.instructions) },
    })),
    ...[...incident.milestones.values()].map((milestone) => ({
      ...milestone,
      type: 'milestone',
      name: String(milestone.state.title),
      texts: { title: milestone.state.title, description: describe(milestone.state.description) },
    })),
    ...[...incident.notes.values()].map((note) => ({ ...note, type: 'note', name: note.text, texts: { text: note.text } })),
    ...[...incident.artifacts.values()].map((artifact) => ({
      ...artifact,
      type: 'artifact',
      name: artifact.value,
      texts: { value: artifact.value, description: artifact.description },
    })),
    ...[...incident.attachments.values()].map((file) => ({ ...file, type: 'attachment', texts: { name: file.name } })),
    ...[...incident.rows.values()].map((row) => ({
      ...row,
      type: row.tableName,
      name: org.types.get(row.tableName)?.displayName ?? row.tableName,
      author: incident.creator,
      texts: Object.fromEntries(row.cells),
    })),
  ];
}
