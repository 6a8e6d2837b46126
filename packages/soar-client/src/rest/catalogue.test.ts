import type { JsonValue } from '@wirebook/errors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeTestCertificates } from './certificates.stand-in.ts';
import { type ClientUnderTest, openClient } from './client.stand-in.ts';
import { type PreparedAnswer, type StandIn, startStandIn } from './platform.stand-in.ts';

let caPem: string;
let platform: StandIn;
let under: ClientUnderTest;
/** Answers by path below the organisation. */
let served: Record<string, PreparedAnswer>;

beforeAll(async () => {
  const certificates = makeTestCertificates();
  caPem = certificates.caPem;
  platform = await startStandIn(certificates.valid);
});

beforeEach(async () => {
  await under?.client.close();
  served = {};
  platform.answer = ({ path }) => served[path.replace('/orgs/201', '')];
  under = await openClient(platform, { caPem, cacheTtlMs: 240_000 });
  platform.seen.length = 0;
});

afterAll(async () => {
  await under.client.close();
  await platform.close();
});

const severity: JsonValue = {
  id: 22,
  name: 'severity_code',
  text: 'Severity',
  prefix: null,
  input_type: 'select',
  required: 'always',
  values: [
    { value: 4, label: 'Low', enabled: true },
    { value: 5, label: 'Medium', enabled: false },
  ],
};
const parsedSeverity = {
  id: 22,
  name: 'severity_code',
  label: 'Severity',
  prefix: null,
  inputType: 'select',
  required: 'always',
  values: [
    { value: 4, label: 'Low', enabled: true },
    { value: 5, label: 'Medium', enabled: false },
  ],
};

test('[R60] the fields of a type come with labels, prefixes and select values', async () => {
  served['/types/incident/fields'] = {
    json: [severity, { id: 101, name: 'custom1', text: 'Custom', prefix: 'properties', input_type: 'text' }, { name: 'no id' }, null],
  };
  expect(await under.client.catalogue.listFields('incident')).toEqual([
    parsedSeverity,
    { id: 101, name: 'custom1', label: 'Custom', prefix: 'properties', inputType: 'text', required: null, values: [] },
  ]);
});

test('[R60] the columns of a data table may be listed only inside its type', async () => {
  served['/types/my_table'] = { json: { id: 1001, type_id: 8, fields: { severity_code: severity } } };
  expect(await under.client.catalogue.listFields('my_table')).toEqual([parsedSeverity]);
  expect(platform.calls()).toEqual(['GET /types/my_table/fields', 'GET /types/my_table']);
});

test('[R60] an unknown type is undefined, and so is a name that cannot be one', async () => {
  const { catalogue } = under.client;
  expect(await Promise.all(['nothing', '..', '', '\uD800'].map((name) => catalogue.listFields(name)))).toEqual(Array(4).fill(undefined));
  expect(await catalogue.listFields('a/../b?c')).toBeUndefined();
  expect(platform.calls().at(-1)).toBe('GET /types/a%2F..%2Fb%3Fc');
});

test('[R61] a function names its destination', async () => {
  served['/functions/lookup?handle_format=names'] = {
    json: { id: 3, name: 'lookup', display_name: 'Look up', destination_handle: 'fn_main' },
  };
  expect(await under.client.catalogue.findFunction('lookup')).toEqual({
    id: 3,
    name: 'lookup',
    displayName: 'Look up',
    destination: 'fn_main',
  });
  expect(await under.client.catalogue.findFunction('unknown')).toBeUndefined();
});

test('[R61] a destination given as an id is looked up', async () => {
  served['/functions/lookup?handle_format=names'] = { json: { id: 3, name: 'lookup', destination_handle: 9 } };
  served['/functions/stray?handle_format=names'] = { json: { id: 4, name: 'stray', destination_handle: 10 } };
  served['/message_destinations'] = { json: { entities: [{ id: 9, name: 'Utility Functions', programmatic_name: 'utility_functions' }] } };
  expect(await under.client.catalogue.findFunction('lookup')).toEqual({
    id: 3,
    name: 'lookup',
    displayName: 'lookup',
    destination: 'utility_functions',
  });
  await expect(under.client.catalogue.findFunction('stray')).rejects.toMatchObject({
    code: 'SOAR_RESPONSE_INVALID',
    message: expect.stringContaining('10'),
  });
});

test('[R62] a rule that is newer than the list leads to one more reading, one that stays unknown to none for 30 seconds', async () => {
  const { catalogue } = under.client;
  served['/actions'] = { json: { entities: [{ id: 45, name: 'Lookup Value' }] } };
  expect(await catalogue.findRuleName(45)).toBe('Lookup Value');
  expect(await catalogue.findRuleName(45)).toBe('Lookup Value');
  expect(platform.calls()).toHaveLength(1);

  served['/actions'] = { json: { entities: [{ id: 46, name: 'New' }] } };
  expect(await Promise.all([46, 46, 46, 46].map((id) => catalogue.findRuleName(id)))).toEqual(Array(4).fill('New'));
  expect(platform.calls()).toHaveLength(2);

  expect(await Promise.all([99, 99, 99].map((id) => catalogue.findRuleName(id)))).toEqual(Array(3).fill(undefined));
  for (let again = 0; again < 5; again += 1) expect(await catalogue.findRuleName(99)).toBeUndefined();
  expect(platform.calls()).toHaveLength(3);

  await under.clock.sleep(30_000);
  served['/actions'] = { json: { entities: [{ id: 99, name: 'Late' }] } };
  expect(await catalogue.findRuleName(99)).toBe('Late');
  expect(platform.calls()).toHaveLength(4);
});

test('[R63] an account that may not read rules gets undefined, one request and one warning', async () => {
  served['/actions'] = { status: 403, json: { message: 'no' } };
  for (const id of [1, 2, 1, 3]) expect(await under.client.catalogue.findRuleName(id)).toBeUndefined();
  expect(platform.calls()).toEqual(['GET /actions']);
  expect(under.logLines.filter((line) => line.includes('/actions'))).toHaveLength(1);
});

test('[R64] definitions are kept for the cache time, shared, and forgotten on refresh', async () => {
  const { catalogue } = under.client;
  served['/types/incident/fields'] = { json: [severity] };
  await Promise.all([
    catalogue.listFields('incident'),
    catalogue.listFields('incident'),
    under.startRun().catalogue.listFields('incident'),
  ]);
  expect(platform.calls()).toHaveLength(1);
  await under.clock.sleep(239_999);
  await catalogue.listFields('incident');
  expect(platform.calls()).toHaveLength(1);
  await under.clock.sleep(1);
  await catalogue.listFields('incident');
  expect(platform.calls()).toHaveLength(2);
  catalogue.refresh();
  await catalogue.listFields('incident');
  expect(platform.calls()).toHaveLength(3);
});

test('[R64] what is absent is asked again after 30 seconds, and a failure at once', async () => {
  const { catalogue } = under.client;
  await catalogue.findFunction('later');
  await catalogue.findFunction('later');
  expect(platform.calls()).toHaveLength(1);
  await under.clock.sleep(30_000);
  served['/functions/later?handle_format=names'] = { status: 400, json: { message: 'broken' } };
  await expect(catalogue.findFunction('later')).rejects.toMatchObject({ code: 'SOAR_BAD_REQUEST' });
  served['/functions/later?handle_format=names'] = { json: { id: 1, name: 'later', destination_handle: 'q' } };
  expect(await catalogue.findFunction('later')).toMatchObject({ name: 'later' });
});

test('[R65] a run that is aborted does not take a definition from those who wait with it', async () => {
  let release: (value?: unknown) => void = () => undefined;
  served['/types/incident/fields'] = {
    json: [severity],
    after: new Promise((resolve) => {
      release = resolve;
    }),
  };
  const stopped = new AbortController();
  const first = under.startRun({ signal: stopped.signal }).catalogue.listFields('incident');
  const told = expect(first).rejects.toBe('stopped');
  await expect.poll(() => platform.calls().length).toBe(1);
  const second = under.startRun().catalogue.listFields('incident');
  stopped.abort('stopped');
  await told;
  release();
  expect(await second).toEqual([parsedSeverity]);
  expect(platform.calls()).toHaveLength(1);
  expect(under.attempts).toEqual([]);
});
