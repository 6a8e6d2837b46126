import { fileURLToPath } from 'node:url';
import { isJsonObject } from '@wirebook/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench, webToken } from './example-bench.ts';

const nodesFolder = fileURLToPath(new URL('../../../nodes/', import.meta.url));
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

const run = (path: string) => bench.deploy(`${nodesFolder}${path}`);
const ends = () => bench.events.flatMap((event) => (event.type === 'run.finished' ? [event.outcome] : []));
const replies = () => bench.events.flatMap((event) => (event.type === 'reply.made' ? [JSON.parse(event.text) as unknown] : []));

function requestHeaders(id: string): Readonly<Record<string, string>> {
  return { Co3MessagePayload: 'RestAPIExecutionEventDTO', 'reply-to': '/queue/acks.201.main', 'correlation-id': id };
}

test('soar.inbound: a new offense becomes an incident, one that changes does not', async () => {
  await run('soar/src/inbound/examples/offense-to-incident.flow.json');
  const offense = { origin: { name: 'QRadar' }, content_type: 'offense', content_date: '2026-03-01T00:00:00.000Z', content: { id: 77 } };
  await bench.put('inbound_destinations.201.offenses', {}, { ...offense, action: 'update' });
  await bench.put('inbound_destinations.201.offenses', {}, { ...offense, action: 'create' });
  await expect.poll(ends).toEqual(['succeeded', 'succeeded']);
  const made = await bench.calls.request({
    method: 'POST',
    path: '/incidents/query_paged',
    body: {
      filters: [{ conditions: [{ field_name: 'name', method: 'equals', value: 'offense 77 of QRadar' }] }],
      start: 0,
      length: 10,
    },
    repeatable: true,
  });
  expect(isJsonObject(made.body) && made.body.data).toHaveLength(1);
});

test('soar.connector: a request is made and answered with body and status, one of another method is told', async () => {
  await run('soar/src/connector/examples/rest-adapter.flow.json');
  bench.http.answer({ status: 203, headers: { 'content-type': 'application/json' }, body: '{"id":12}' });
  const request = (method: string) => ({
    request_originator: { org_id: 201, correlation_id: 'c1' },
    request_payload: { server_url: 'https://api.example.com/items', method },
  });
  await bench.put('connectors.201.main', requestHeaders('c1'), request('GET'));
  await expect
    .poll(replies)
    .toMatchObject([{ results: { status_code: 203, content: { id: 12 }, request_originator: { correlation_id: 'c1' } } }]);
  await bench.put('connectors.201.main', requestHeaders('c2'), request('TRACE'));
  await expect
    .poll(replies)
    .toMatchObject([{}, { results: { status_code: 405, success: false, reason: 'TRACE is not made by this flow' } }]);
});

test('soar.connector-result: a request is answered without asking anybody', async () => {
  await run('soar/src/connector-result/examples/status-of-service.flow.json');
  await bench.put('connectors.201.main', requestHeaders('c3'), {
    request_originator: {},
    request_payload: { server_url: 'https://a.example/' },
  });
  await expect.poll(replies).toMatchObject([{ results: { status_code: 404, content: 'Nothing is known of https://a.example/' } }]);
});

test('core.schedule: what was created in the last day is shown at once', async () => {
  await bench.calls.request({ method: 'POST', path: '/incidents', body: { name: 'Quite new', discovered_date: 1_772_366_400_000 } });
  await run('core/src/schedule/examples/what-is-new.flow.json');
  await expect.poll(() => bench.printed).toContain('new incident');
  await expect.poll(ends).toEqual(['succeeded']);
});

test('core.inject: the incident of the message is shown', async () => {
  await run('core/src/inject/examples/look-at-an-incident.flow.json');
  bench.trigger({
    kind: 'inject',
    flowId: 'look-at-an-incident',
    nodeId: 'start',
    messageId: 'a',
    body: { incident: bench.incidentId(0) },
  });
  await expect.poll(() => bench.printed).toEqual(['incident']);
});

const sender = { authorization: `Bearer ${webToken}`, 'content-type': 'application/json' };

test('web.webhook: a ticket that was closed leaves a note, once for each delivery', async () => {
  await run('web/src/webhook/examples/ticket-note.flow.json');
  const body = JSON.stringify({ incident: bench.incidentId(4), ticket: 'T-7', closed_by: 'Ada' });
  const send = () => fetch(bench.address('tickets/closed'), { method: 'POST', headers: { ...sender, 'x-delivery-id': 'd7' }, body });
  expect([(await send()).status, (await send()).status]).toEqual([202, 202]);
  await expect.poll(ends).toEqual(['succeeded']);
  const notes = JSON.stringify(await bench.read(`/incidents/${bench.incidentId(4)}/comments`));
  expect(notes.match(/Ticket T-7 was closed by Ada/g)).toHaveLength(1);
});

test('web.respond: whoever asks is told the name of the incident', async () => {
  await run('web/src/respond/examples/incident-name.flow.json');
  const answer = await fetch(bench.address(`incidents/name?id=${bench.incidentId(0)}`), { headers: sender });
  const { name, severity_code: severity } = await bench.read(`/incidents/${bench.incidentId(0)}`);
  expect([answer.status, await answer.json()]).toEqual([200, { name, severity }]);
});

test('web.form: a report that somebody without an account fills in becomes an incident', async () => {
  await run('web/src/form/examples/report-an-incident.flow.json');
  const page = await (await fetch(bench.address('report'))).text();
  const [, token = ''] = /name="_token" value="([^"]+)"/.exec(page) ?? [];
  const filled = new URLSearchParams({ _token: token, what: 'Somebody lost a badge', when: '2026-03-01', severity: 'High', email: '' });
  const answer = await fetch(bench.address('report'), { method: 'POST', body: filled });
  expect(await answer.text()).toContain('Reference: <code>');
  await expect.poll(ends).toEqual(['succeeded']);
  const found = await bench.calls.request({
    method: 'POST',
    path: '/incidents/query_paged',
    body: { filters: [{ conditions: [{ field_name: 'name', method: 'contains', value: 'Somebody lost a badge' }] }], start: 0, length: 5 },
    repeatable: true,
    handleFormat: 'names',
  });
  expect(isJsonObject(found.body) && found.body.data).toMatchObject([{ discovered_date: 1_772_323_200_000 }]);
});
