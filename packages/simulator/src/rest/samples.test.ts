import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createActionWorld } from '../actions/action-world.stand-in.ts';
import { isJsonObject, type JsonValue, valueAt } from '../json-value.ts';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

/** Samples of the platform's answers, kept beside the repository on the machines that have them. */
const folder = new URL('../../../../../shared/samples/', import.meta.url);
const hasSamples = existsSync(fileURLToPath(folder));

function sample(file: string): JsonValue {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

/** Paths of keys that the sample has and the answer lacks. Lists are compared by their first entries; `open` paths hold free keys. */
function missingKeys(expected: JsonValue | undefined, actual: JsonValue | undefined, open: readonly string[], path = ''): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} is no list`];
    return expected.length === 0 || actual.length === 0 ? [] : missingKeys(expected[0], actual[0], open, `${path}[]`);
  }
  if (!isJsonObject(expected) || open.includes(path)) return [];
  if (!isJsonObject(actual)) return actual === null ? [] : [`${path} is no object`];
  return Object.keys(expected).flatMap((key) => {
    const below = path === '' ? key : `${path}.${key}`;
    return key in actual ? missingKeys(expected[key], actual[key], open, below) : [below];
  });
}

test.skipIf(!hasSamples)('[R27] a session has every key of the sample', async () => {
  const answer = await caller.call('GET', '/session', { headers: caller.basic });
  expect(missingKeys(sample('session.json'), answer.body, [])).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] an incident has every key of the sample', async () => {
  const list = await caller.org('GET', '/incidents');
  const answer = await caller.org('GET', `/incidents/${list.at('0.id')}`);
  expect(missingKeys(sample('incident_full.json'), answer.body, ['properties'])).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] fields have every key of the samples, by input type', async () => {
  const answer = await caller.org('GET', '/types/incident/fields');
  const own = Array.isArray(answer.body) ? answer.body : [];
  const expected = sample('types_incident_fields_trimmed.json');
  const missing = (Array.isArray(expected) ? expected : []).flatMap((field) => {
    const name = valueAt(field, 'name');
    const prefix = valueAt(field, 'prefix');
    const twin =
      own.find((candidate) => valueAt(candidate, 'name') === name && valueAt(candidate, 'prefix') === prefix) ??
      own.find(
        (candidate) => valueAt(candidate, 'input_type') === valueAt(field, 'input_type') && valueAt(candidate, 'internal') === false,
      );
    return missingKeys(field, twin, ['operation_perms']).map((key) => `${String(name)}: ${key}`);
  });
  expect(missing).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] functions have every key of the samples', async () => {
  const list = await caller.org('GET', '/functions');
  const one = await caller.org('GET', '/functions/lookup_model_by_id?handle_format=names');
  const samples = sample('functions.json');
  expect(missingKeys(valueAt(samples, 'default_list'), list.body, [])).toEqual([]);
  expect(missingKeys(valueAt(samples, 'single_handle_format_names'), one.body, [])).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] rules have every key of the samples', async () => {
  const list = await caller.org('GET', '/actions?handle_format=names');
  const samples = sample('actions.json');
  expect(missingKeys(valueAt(samples, 'default_list'), list.body, [])).toEqual([]);
  expect(missingKeys(valueAt(samples, 'names_form_as_in_export'), list.at('entities'), [])).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] message destinations have every key of the samples', async () => {
  const list = await caller.org('GET', '/message_destinations');
  expect(missingKeys(valueAt(sample('message_destinations.json'), 'with_api_keys.entities.1'), list.at('entities.0'), [])).toEqual([]);
});

test.skipIf(!hasSamples)('[R27] table rows have every key of the samples', async () => {
  const list = await caller.org('GET', '/incidents');
  const path = `/incidents/${list.at('0.id')}/table_data/ticket_log`;
  const samples = sample('table_data.json');
  const names = await caller.org('GET', `${path}?handle_format=names`);
  expect(missingKeys(valueAt(samples, 'get_rows_handle_format_names'), names.body, ['rows[].cells'])).toEqual([]);
  const ids = await caller.org('GET', path);
  expect(missingKeys(valueAt(samples, 'get_rows_default_ids'), ids.body, ['rows[].cells'])).toEqual([]);
  expect(names.at('rows.0.cells.ticket')).toMatchObject({ id: 'ticket', row_id: expect.any(Number), value: expect.any(String) });
});

test.skipIf(!hasSamples)('[R27] a refusal has every key of the sample', async () => {
  const answer = await caller.org('POST', '/incidents', { name: 'x' });
  const samples = sample('error_bodies.json');
  expect(answer.body).toMatchObject({ success: false, title: null, hints: ['field_defs'], error_code: 'generic' });
  expect(answer.at('message')).toBe(valueAt(samples, '400_missing_field.body.message'));
});

test.skipIf(!hasSamples)('[R27] action and function messages have every key of the samples', async () => {
  const { actions, broker, incident } = await createActionWorld({
    content: {
      rules: [
        { name: 'On artifact', kind: 'menu', objectType: 'artifact', destinations: ['ticket_desk'], form: [{ field: 'ticket_priority' }] },
      ],
    },
  });
  const [artifact] = incident.artifacts.values();
  const object = { type: 'artifact', id: artifact?.id ?? 0 };
  await actions.fire({ rule: 'On artifact', incident: incident.id, object, properties: { ticket_priority: 'Low' } });
  await actions.fire({ rule: 'Lookup Model', incident: incident.id, object });
  const open = [
    'incident.properties',
    'properties',
    'type_info.incident.fields',
    'type_info.artifact.fields',
    'type_info.actioninvocation.fields',
  ];
  expect(missingKeys(valueAt(sample('action_artifact_menu_item.json'), 'body'), broker.bodyAt(0), open)).toEqual([]);
  expect(missingKeys(valueAt(sample('function_message.json'), 'body'), broker.bodyAt(1), ['inputs'])).toEqual([]);
  const broker201 = ['destination', 'subscription', 'message-id', 'ack', 'timestamp', 'expires', 'persistent', 'priority'];
  const headers = Object.keys(valueAt(sample('function_message.json'), 'headers') ?? {}).filter((name) => !broker201.includes(name));
  expect(Object.keys(broker.published[0]?.headers ?? {}).sort()).toEqual(headers.sort());
});
