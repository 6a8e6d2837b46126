import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench, webToken } from './example-bench.ts';

const folder = fileURLToPath(new URL('../../../samples/guides/', import.meta.url));
const done = new Set<string>();
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

/** Runs the sample for the rule Create Ticket on an incident of its own. */
async function invoke(name: string, incident: number): Promise<InvocationView> {
  done.add(`${name}.flow.json`);
  await bench.deploy(`${folder}${name}.flow.json`);
  return bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(incident), properties: { ticket_priority: 'Low' } });
}

const readIncident = (incident: number) => bench.read(`/incidents/${bench.incidentId(incident)}`);

test('the example action adds an artifact that names who invoked it', async () => {
  const view = await invoke('example-action', 0);
  expect(view).toMatchObject({ status: 'Complete', information: 'Action processed' });
  const { list } = await bench.read(`/incidents/${bench.incidentId(0)}/artifacts`);
  expect((list as readonly JsonObject[]).at(-1)).toMatchObject({ type: 'String', value: `Test artifact from ${bench.simulator.email}` });
});

test('set last updated: the time of the message stands in the field, although somebody else edited the incident meanwhile', async () => {
  const path = `/rest/orgs/201/incidents/${bench.incidentId(1)}`;
  bench.simulator.faults.addRestFault({ kind: 'status', status: 409, method: 'PUT', path, count: 2 });
  const before = bench.simulator.requests().length;
  expect(await invoke('set-last-updated', 1)).toMatchObject({ status: 'Complete', information: 'last updated set' });
  const puts = bench.simulator
    .requests()
    .slice(before)
    .filter((call) => call.method === 'PUT' && call.path === path);
  expect(puts.map(({ status }) => status)).toEqual([409, 409, 200]);
  const { properties } = await readIncident(1);
  expect(Math.abs(Number((properties as JsonObject).next_review_date) - Date.now())).toBeLessThan(60_000);
});

test('severity text: the label of the number in the message comes through type_info', async () => {
  const { severity_code: label } = await readIncident(2);
  expect(await invoke('severity-text', 2)).toMatchObject({ information: `Severity text is ${label}` });
});

test('an incident without discovered_date is refused by the platform, whose words are the error', async () => {
  const view = await invoke('missing-discovered-date', 2);
  expect(view).toMatchObject({ status: 'Error', completingReplies: 1 });
  expect(view.information).toContain('Field discovered_date is required.');
});

test('a link back to another system stands in a rich text field as a link', async () => {
  expect(await invoke('link-back', 3)).toMatchObject({ information: 'Link written' });
  const { properties } = await readIncident(3);
  expect(JSON.stringify((properties as JsonObject).analyst_summary)).toContain(`https://pager.example/${bench.incidentId(3)}`);
});

test('rich text clean-up: no markup is left, and lines stay lines', async () => {
  const path = `/incidents/${bench.incidentId(4)}`;
  const description = { format: 'html', content: '<div>First <b>bold</b> line</div><ol><li>one</li><li>two</li></ol>' };
  await bench.calls.readChangeWrite({ path, apply: (current) => ({ ...current, description }) });
  const { information } = await invoke('rich-text-clean-up', 4);
  expect(information).toBe('First bold line\none\ntwo');
});

test('a ticket system posts the state of its ticket: the incident gets a note, and the sender is told', async () => {
  done.add('ticket-webhook.flow.json');
  const path = `/incidents/${bench.incidentId(4)}`;
  await bench.calls.readChangeWrite({
    path,
    apply: (current) => ({ ...current, properties: { ...(current.properties as JsonObject), ticket_number: 'SD-77' } }),
  });
  await bench.deploy(`${folder}ticket-webhook.flow.json`);
  const post = async (body: string, secret = webToken) => {
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const answer = await fetch(bench.address('tickets'), { method: 'POST', headers, body });
    return [answer.status, (await answer.json()) as unknown];
  };
  expect(await post('{"ticket":"SD-77","state":"resolved"}')).toEqual([200, { taken: true }]);
  expect(JSON.stringify(await bench.read(`${path}/comments`))).toContain('Ticket SD-77 is now resolved.');
  expect(await post('{"ticket":"SD-0","state":"resolved"}')).toEqual([404, { taken: false }]);
  expect(await post('{"ticket":"SD-77","state":"forged"}', 'guessed')).toMatchObject([401, { code: 'WEB_SENDER_UNKNOWN' }]);
});

test('debounce: changes of tasks in quick succession write once who owns the next task', async () => {
  done.add('next-task-owner.flow.json');
  // The flow of the guide waits 30 seconds; nothing else of it is changed here.
  const flow = readFileSync(`${folder}next-task-owner.flow.json`, 'utf8').replace('"waitMs": 30000', '"waitMs": 400');
  await bench.deployText(flow);
  const incidentId = bench.incidentId(3);
  const before = bench.simulator.requests().length;
  const add = (name: string) =>
    bench.calls.request({ method: 'POST', path: `/incidents/${incidentId}/tasks`, body: { name, owner_id: bench.simulator.email } });
  const tasks = [await add('first'), await add('second'), await add('third')];
  const owner = async () => ((await readIncident(3)).properties as JsonObject).next_task_owner;
  const [first] = tasks.map(({ body }) => body as JsonObject);
  const { owner_fname: firstName, owner_lname: lastName } = await bench.read(`/tasks/${first?.id}`);
  await expect.poll(owner, { timeout: 5000 }).toBe(`${firstName} ${lastName}`);
  const puts = () =>
    bench.simulator
      .requests()
      .slice(before)
      .filter(({ method, path }) => method === 'PUT' && path.endsWith(`/incidents/${incidentId}`));
  expect(puts()).toHaveLength(1);
  for (const { body } of tasks) {
    const { id } = body as JsonObject;
    await bench.calls.readChangeWrite({ path: `/tasks/${id}`, apply: (current) => ({ ...current, status: 'C' }) });
  }
  await expect.poll(owner, { timeout: 5000 }).toBe('All Tasks Complete');
});

test('every sample of the guides ran', () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.flow.json') && !done.has(name))).toEqual([]);
});
