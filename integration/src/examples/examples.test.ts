import { fileURLToPath } from 'node:url';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench } from './example-bench.ts';

const nodesFolder = fileURLToPath(new URL('../../../nodes/', import.meta.url));
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

async function deploy(path: string): Promise<void> {
  await bench.deploy(`${nodesFolder}${path}`);
}

async function call(path: string, modelId = 'Model-7'): Promise<InvocationView> {
  await deploy(path);
  return bench.fire({ function: 'lookup_model_by_id', inputs: { model_id: modelId } });
}

const incidentId = (index: number) => bench.incidentId(index);
const read = (path: string) => bench.read(path);

async function createTicket(path: string, { incident = 4, priority = 'High' } = {}): Promise<InvocationView> {
  await deploy(path);
  return bench.fire({ rule: 'Create Ticket', incident: incidentId(incident), properties: { ticket_priority: priority } });
}

async function readTicketRows(incident: number): Promise<readonly JsonObject[]> {
  const { rows } = await read(`/incidents/${incidentId(incident)}/table_data/ticket_log`);
  const list: readonly JsonValue[] = Array.isArray(rows) ? rows : [];
  return list
    .filter(isJsonObject)
    .map(({ cells }) =>
      Object.fromEntries(
        Object.entries(isJsonObject(cells) ? cells : {}).map(([name, cell]) => [name, isJsonObject(cell) ? (cell.value ?? null) : null]),
      ),
    );
}

const texts = (view: InvocationView) => view.replies.map(({ message }) => message);

test('core.switch: the priority that the analyst chose decides the answer', async () => {
  const path = 'core/src/switch/examples/by-priority.flow.json';
  expect(texts(await createTicket(path))).toEqual(['The ticket is the first of the queue']);
  expect(texts(await createTicket(path, { priority: 'Critical' }))).toEqual([
    `The engineer on call is paged for incident ${incidentId(4)}`,
  ]);
  expect(texts(await createTicket(path, { priority: 'Low' }))).toEqual(['The ticket is in the queue']);
});

test('core.filter: a ticket is opened unless its priority is low', async () => {
  const path = 'core/src/filter/examples/ticket-unless-low.flow.json';
  expect(texts(await createTicket(path))).toEqual(['The ticket is opened']);
  expect(texts(await createTicket(path, { priority: 'Low' }))).toEqual(['Noted: no ticket for a low priority']);
});

test('core.template: the result holds the text with its values', async () => {
  const { result } = await call('core/src/template/examples/write-a-summary.flow.json');
  expect(result).toMatchObject({ content: { model_id: 'Model-7', summary: 'Model MODEL-7\nlooked up by lookup_model_by_id' } });
});

test('core.file-read: what stands in a file of a folder decides the result', async () => {
  bench.folders.contents.set('lists/watchlist.json', Buffer.from('{"updated": "2026-03-01", "models": ["Model-7"]}'));
  const path = 'core/src/file-read/examples/on-the-watch-list.flow.json';
  expect(await call(path)).toMatchObject({ status: 'Complete', result: { content: { watched: true, since: '2026-03-01' } } });
  bench.folders.contents.clear();
  expect(await call(path)).toMatchObject({ status: 'Error', information: expect.stringMatching(/Watch list.*watchlist\.json/s) });
});

test('core.file-write: a file goes from node to node and into a folder', async () => {
  const view = await createTicket('core/src/file-write/examples/keep-a-copy.flow.json');
  const { name } = await read(`/incidents/${incidentId(4)}`);
  const text = `${name}\nPriority: High\n`;
  expect(bench.folders.contents.get(`exports/ticket-${incidentId(4)}.txt`)?.toString()).toBe(text);
  expect(texts(view)).toEqual([`ticket-${incidentId(4)}.txt has ${Buffer.byteLength(text)} bytes`]);
});

test('soar.artifact-add: the name of the incident is among its artifacts', async () => {
  const view = await createTicket('soar/src/artifact-add/examples/keep-the-name.flow.json', { incident: 2 });
  const { list } = await read(`/incidents/${incidentId(2)}/artifacts`);
  const added = (Array.isArray(list) ? list : []).filter(isJsonObject).filter(({ type }) => type === 'String');
  expect(texts(view)).toEqual([`Artifact ${added.at(-1)?.id} is added`]);
  expect(added.at(-1)).toMatchObject({ value: (await read(`/incidents/${incidentId(2)}`)).name });
});

test('soar.incident-create: a report becomes an incident', async () => {
  const { result } = await call('soar/src/incident-create/examples/report.flow.json', 'a lost badge');
  const { content } = isJsonObject(result) ? result : {};
  const id = isJsonObject(content) ? content.incident : null;
  expect(await read(`/incidents/${id}`)).toMatchObject({ name: 'Report about a lost badge', discovered_date: expect.any(Number), vers: 2 });
});

test('soar.incident-get: the severity is the present one', async () => {
  const { name, severity_code: severity } = await read(`/incidents/${incidentId(1)}`);
  const view = await createTicket('soar/src/incident-get/examples/present-severity.flow.json', { incident: 1 });
  expect(texts(view)).toEqual([`${name}: ${severity}`]);
});

test('soar.incident-search: the active incidents of the same severity are told', async () => {
  const { name } = await read(`/incidents/${incidentId(1)}`);
  const view = await createTicket('soar/src/incident-search/examples/same-severity.flow.json', { incident: 1 });
  expect(texts(view)).toEqual([expect.stringMatching(new RegExp(`^[1-9]\\d* active: .*${name}`))]);
});

test('core.split: each model of the text has its line', async () => {
  const { result } = await call('core/src/split/examples/each-model.flow.json', 'A-1, B-2,C-3');
  expect(result).toMatchObject({ content: { lines: ['1 of 3: A-1', '2 of 3: B-2', '3 of 3: C-3'] } });
});

test('core.join: what cannot be read is told beside what can', async () => {
  const path = 'core/src/join/examples/those-that-are-there.flow.json';
  const { result } = await call(path, `${incidentId(0)}, 999999, ${incidentId(1)}`);
  const names = [(await read(`/incidents/${incidentId(0)}`)).name, (await read(`/incidents/${incidentId(1)}`)).name];
  expect(result).toMatchObject({ content: { names, missing: [1] } });
});

test('core.set: the result has the form that the fields give it', async () => {
  const { status, result } = await call('core/src/set/examples/shape-the-result.flow.json');
  expect({ status, result }).toMatchObject({
    status: 'Complete',
    result: { content: { model: { id: 'model-7', length: 7 }, known: true } },
  });
});

test('core.debug: the value is shown and the result is the input', async () => {
  const { result } = await call('core/src/debug/examples/watch-the-input.flow.json');
  expect(result).toMatchObject({ content: { model_id: 'Model-7' } });
  await expect.poll(() => bench.printed).toEqual(['model']);
});

test('core.catch: an error becomes the error reply, and without one the function has its result', async () => {
  const path = 'core/src/catch/examples/answer-with-the-error.flow.json';
  expect(await call(path)).toMatchObject({
    status: 'Error',
    completingReplies: 1,
    information: expect.stringMatching(/^Read function: .*404/),
  });
  expect(await call(path, 'http://a/b')).toMatchObject({ status: 'Error', information: expect.stringContaining('it has an empty part') });
  expect(await call(path, 'triage_report')).toMatchObject({
    status: 'Complete',
    result: { content: { name: 'triage_report', destination: 'fn_models' } },
  });
});

test('core.catch: by class and by what is left, each error is told in its own way', async () => {
  const path = 'core/src/catch/examples/passing-or-not.flow.json';
  bench.http.answer(() => ({ status: 503, headers: {}, body: '' }));
  expect(await call(path)).toMatchObject({
    status: 'Error',
    information: 'The model register does not answer now; run the rule again later',
  });
  bench.http.answer(() => ({ status: 200, headers: {}, body: '{"name": 7}' }));
  expect(await call(path)).toMatchObject({ status: 'Error', information: 'Result: FLOW_EXPRESSION_FAILED' });
  bench.http.answer(() => ({ status: 200, headers: {}, body: '{"name": "seven"}' }));
  expect(await call(path)).toMatchObject({ status: 'Complete', result: { content: 'SEVEN' } });
});

test('core.finally: the session is closed whether the answer came or not', async () => {
  const path = 'core/src/finally/examples/close-the-session.flow.json';
  const calls: string[] = [];
  let isWell = true;
  bench.http.answer(({ method, url }) => {
    calls.push(`${method} ${url}`);
    return { status: isWell || method === 'DELETE' ? 200 : 503, headers: { 'content-type': 'application/json' }, body: '{"id": 7}' };
  });
  expect(await call(path)).toMatchObject({ status: 'Complete', completingReplies: 1, result: { content: { id: 7 } } });
  isWell = false;
  expect(await call(path)).toMatchObject({ status: 'Error', completingReplies: 1, information: expect.stringContaining('HTTP_STATUS') });
  const ask = 'GET https://models.example.com/v1/models/Model-7';
  const close = (outcome: string) => `DELETE https://models.example.com/v1/sessions/Model-7?outcome=${outcome}`;
  expect(calls).toEqual([ask, close('succeeded'), ask, ask, ask, close('failed')]);
});

/** The calls of one model, at the same time or one after the other. */
const lookUp = (modelId: string) => bench.fire({ function: 'lookup_model_by_id', inputs: { model_id: modelId } });

test('core.delay: the result comes after its time', async () => {
  const startedMs = performance.now();
  expect(await call('core/src/delay/examples/wait-for-the-scan.flow.json')).toMatchObject({ status: 'Complete', completingReplies: 1 });
  expect(performance.now() - startedMs).toBeGreaterThan(200);
});

test('core.debounce: only the last of a model has a result, the other one is told', async () => {
  await deploy('core/src/debounce/examples/last-of-a-model.flow.json');
  const first = lookUp('Model-7');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const views = await Promise.all([first, lookUp('Model-7'), lookUp('Model-8')]);
  expect(views.map(({ information, result }) => [information, isJsonObject(result) ? result.content : null])).toEqual([
    ['Another one of this model is under way.', null],
    [expect.any(String), { model_id: 'Model-7' }],
    [expect.any(String), { model_id: 'Model-8' }],
  ]);
});

test('core.throttle: calls of a model wait for their turn, those of another one do not', async () => {
  await deploy('core/src/throttle/examples/one-at-a-time.flow.json');
  const startedMs = performance.now();
  const tookMs = async (modelId: string) => {
    expect(await lookUp(modelId)).toMatchObject({ status: 'Complete' });
    return performance.now() - startedMs;
  };
  const [first = 0, second = 0, third = 0] = (await Promise.all(['Model-7', 'Model-7', 'Model-7'].map(tookMs))).sort((a, b) => a - b);
  expect(second).toBeGreaterThan(first + 100);
  expect(third).toBeGreaterThan(400);
});

test('core.dedupe: a model is looked up once an hour, and who asks again is told so', async () => {
  const path = 'core/src/dedupe/examples/once-an-hour.flow.json';
  expect(await call(path)).toMatchObject({ status: 'Complete', result: { content: { model_id: 'Model-7' } } });
  expect(await call(path)).toMatchObject({ status: 'Complete', information: 'This model was asked for in the last hour.' });
  expect(await call(path, 'Model-8')).toMatchObject({ status: 'Complete', result: { content: { model_id: 'Model-8' } } });
});

test('script.javascript: the script tells of what kind the value is', async () => {
  const path = 'script/src/javascript/examples/describe-the-model.flow.json';
  const kinds = [];
  for (const value of ['198.51.100.23', '9b1c2d3e4f5061728394a5b6c7d8e9f0', 'https://example.net/a', 'Model-7']) {
    const { result } = await call(path, value);
    kinds.push(isJsonObject(result) ? result.content : result);
  }
  expect(kinds).toEqual([
    { model: '198.51.100.23', kind: 'address' },
    { model: '9b1c2d3e4f5061728394a5b6c7d8e9f0', kind: 'hash' },
    { model: 'https://example.net/a', kind: 'url' },
    { model: 'Model-7', kind: 'other' },
  ]);
});

test('web.http: the answer is the result, and no answer is the error reply', async () => {
  const path = 'web/src/http/examples/ask-another-server.flow.json';
  expect(await call(path)).toMatchObject({ status: 'Error', information: 'The model register gave no answer for Model-7' });
  bench.http.answer(({ body, url }) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, body }),
  }));
  expect(await call(path)).toMatchObject({
    status: 'Complete',
    result: { content: { url: 'https://models.example.com/v1/lookup?source=soar', body: '{"id":"Model-7"}' } },
  });
});

test('soar.function: a status and then the result', async () => {
  const view = await call('soar/src/function/examples/look-up-model.flow.json');
  expect(texts(view)).toEqual(['Looking up Model-7', 'Completed']);
  expect(view).toMatchObject({ status: 'Complete', completingReplies: 1, result: { content: { name: 'Model Model-7', id: 'Model-7' } } });
});

test('soar.destination: a ticket stamps the incident, writes row and note, and answers; once more changes the same row', async () => {
  const path = 'soar/src/destination/examples/create-ticket.flow.json';
  const before = await readTicketRows(0);
  expect(texts(await createTicket(path, { incident: 0 }))).toEqual([`Ticket SD-${incidentId(0)} opened`]);
  await createTicket(path, { incident: 0, priority: 'Low' });
  expect(await read(`/incidents/${incidentId(0)}`)).toMatchObject({
    properties: { ticket_number: `SD-${incidentId(0)}`, branch_name: 'Westhaven Quay' },
  });
  expect((await readTicketRows(0)).slice(before.length)).toMatchObject([{ ticket: `SD-${incidentId(0)}`, priority: 'Low', is_open: true }]);
  const notes = JSON.stringify(await read(`/incidents/${incidentId(0)}/comments`));
  expect(notes).toContain('was opened with priority High.');
  expect(notes).toContain('was opened with priority Low.');
});

test('soar.destination: fire and forget sends no reply', async () => {
  await deploy('soar/src/destination/examples/page-the-branch.flow.json');
  const view = await bench.fire({ rule: 'Page the Branch', incident: incidentId(4) });
  await expect.poll(() => bench.printed).toEqual(['branch']);
  expect(bench.simulator.invocations.find(view.id)?.replies).toEqual([]);
});

test('soar.status: two lines before the result', async () => {
  const view = await call('soar/src/status/examples/tell-the-progress.flow.json');
  expect(texts(view)).toEqual(['Looking for Model-7', 'Found it, writing the answer', 'Completed']);
});

test('soar.result: the envelope of older packages', async () => {
  const { result } = await call('soar/src/result/examples/as-older-packages.flow.json');
  expect(result).toMatchObject({
    version: '1.0',
    raw: '',
    content: { id: 'Model-7', name: 'Model Model-7' },
    inputs: { model_id: 'Model-7' },
  });
});

test('soar.result: a result that says that nothing was found completes the function', async () => {
  expect(await call('soar/src/result/examples/not-found.flow.json')).toMatchObject({
    status: 'Complete',
    result: { success: false, reason: 'No model has the id Model-7' },
  });
});

test('soar.error: an error ends the function, anything else has a result', async () => {
  const path = 'soar/src/error/examples/refuse-addresses.flow.json';
  expect(await call(path, 'https://a.example')).toMatchObject({
    status: 'Error',
    information: 'https://a.example is a web address, no model',
  });
  expect(await call(path)).toMatchObject({ status: 'Complete', completingReplies: 1 });
});

test('soar.ack: a long-running flow answers first and posts its outcome as a note', async () => {
  const view = await createTicket('soar/src/ack/examples/long-running.flow.json', { incident: 3 });
  expect(view).toMatchObject({ status: 'Complete', completingReplies: 1 });
  await expect
    .poll(async () => JSON.stringify(await read(`/incidents/${incidentId(3)}/comments`)))
    .toContain('Looked through: the incident has');
});

test('soar.ack: a status and then the completion', async () => {
  const view = await createTicket('soar/src/ack/examples/two-steps.flow.json');
  expect(texts(view)).toEqual([`Opening a ticket for incident ${incidentId(4)}`, 'The ticket is open']);
});

test('soar.rest: the answer counts the notes that are there', async () => {
  expect(texts(await createTicket('soar/src/rest/examples/count-the-notes.flow.json', { incident: 1 }))).toEqual([
    'The incident has 2 notes',
  ]);
});

test('soar.incident-update: fields of every kind are set and the others stay', async () => {
  const id = incidentId(1);
  const before = await read(`/incidents/${id}`);
  expect(texts(await createTicket('soar/src/incident-update/examples/hand-over.flow.json', { incident: 1 }))).toEqual([
    `Incident ${id} is handed over`,
  ]);
  const after = await read(`/incidents/${id}`);
  expect(after).toEqual({
    ...before,
    vers: Number(before.vers) + 1,
    inc_last_modified_date: expect.any(Number),
    properties: {
      ...(isJsonObject(before.properties) ? before.properties : {}),
      containment_stage: 'Isolated',
      affected_systems: ['Mail', 'Laptops'],
      affected_accounts: 1,
      members_informed: true,
      next_review_date: Date.UTC(2027, 0, 15),
      analyst_summary: 'Handed over with priority High',
    },
  });
});

test('soar.incident-update: a flow that changes the incident in an automatic rule starts no second run', async () => {
  await deploy('soar/src/incident-update/examples/stamp-a-change.flow.json');
  const id = incidentId(2);
  const isOfIncident = () =>
    bench.simulator.invocations.list().filter(({ name, incident }) => name === 'Incident Changed' && incident === id);
  await bench.calls.readChangeWrite({ path: `/incidents/${id}`, apply: (current) => ({ ...current, city: 'Northgate' }) });
  await expect.poll(() => isOfIncident().map((view) => view.information)).toEqual(['The change is stamped']);
  // A second incident's change is answered after whatever the first one may have started.
  await bench.calls.readChangeWrite({ path: `/incidents/${incidentId(3)}`, apply: (current) => ({ ...current, city: 'Mill Street' }) });
  await expect
    .poll(() => bench.simulator.invocations.list({ status: 'Pending' }).map(({ name }) => name))
    .not.toContain('Incident Changed');
  expect(isOfIncident()).toHaveLength(1);
  expect(await read(`/incidents/${id}`)).toMatchObject({
    city: 'Northgate',
    properties: { ticket_number: expect.stringMatching(`^CH-${id}-`) },
  });
});

test('soar.table-row: the first ticket adds a row, the next one changes it', async () => {
  const path = 'soar/src/table-row/examples/log-the-ticket.flow.json';
  const [first, second] = [
    texts(await createTicket(path, { incident: 3 })),
    texts(await createTicket(path, { incident: 3, priority: 'Low' })),
  ];
  expect(first).toEqual([expect.stringMatching(/^Row \d+ of the ticket log$/)]);
  expect(second).toEqual(first);
  expect(await readTicketRows(3)).toEqual([
    {
      ticket: `SD-${incidentId(3)}`,
      opened_on: expect.any(Number),
      priority: 'Low',
      queue_position: 1,
      teams: ['Network', 'Mail'],
      is_open: true,
    },
  ]);
});

test('soar.note-add: the note shows the text as it is', async () => {
  expect(texts(await createTicket('soar/src/note-add/examples/note-the-ticket.flow.json'))).toEqual(['The note is written']);
  expect(JSON.stringify(await read(`/incidents/${incidentId(4)}/comments`))).toContain('A ticket was opened for ');
});
