import { isJsonObject } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench } from './example-bench.ts';

const nodesFolder = new URL('../../../nodes/', import.meta.url).pathname;
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

async function createTicket(path: string, incident: number): Promise<readonly string[]> {
  await bench.deploy(`${nodesFolder}${path}`);
  const view = await bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(incident), properties: { ticket_priority: 'High' } });
  return texts(view);
}

const texts = (view: InvocationView) => view.replies.map(({ message }) => message);

test('core.convert: the description is told as plain text, and the date in words', async () => {
  const { description, discovered_date: found } = await bench.read(`/incidents/${bench.incidentId(0)}`);
  const html = isJsonObject(description ?? null) ? (description as { content: string }).content : description;
  expect(html).toContain('<');
  const [text = ''] = await createTicket('core/src/convert/examples/plain-description.flow.json', 0);
  expect(text).not.toMatch(/[<>]/);
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Berlin' }).format(Number(found));
  expect(text.startsWith(`Found on ${date}: `)).toBe(true);
  expect(text.length).toBeGreaterThan(40);
});

test('core.require: a lookup with a model passes, one that still has the placeholder is refused in words', async () => {
  const path = 'core/src/require/examples/model-is-needed.flow.json';
  await bench.deploy(`${nodesFolder}${path}`);
  expect((await bench.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'M-7' } })).result).toMatchObject({
    content: { model: 'M-7' },
  });
  const refused = await bench.fire({ function: 'lookup_model_by_id', inputs: { model_id: '<model>' } });
  expect(refused).toMatchObject({
    status: 'Error',
    information: expect.stringContaining('"model_id" still has the placeholder "<model>"'),
  });
});

test('soar.label: the severity of an incident that was read with ids is told as a word', async () => {
  const { severity_code: severity } = await bench.read(`/incidents/${bench.incidentId(0)}`);
  const [text] = await createTicket('soar/src/label/examples/severity-in-words.flow.json', 0);
  expect(text).toMatch(new RegExp(`^Severity ${severity} \\(\\d+\\)$`));
});

test('soar.link: the analyst gets the address of the incident', async () => {
  const [text] = await createTicket('soar/src/link/examples/back-to-the-incident.flow.json', 0);
  expect(text).toMatch(new RegExp(`^See https://127\\.0\\.0\\.1:\\d+/#incidents/${bench.incidentId(0)}\\?orgId=201$`));
});

test('core.aggregate: tickets of an incident are gathered, and each is answered', async () => {
  await bench.deploy(`${nodesFolder}${'core/src/aggregate/examples/one-for-all.flow.json'}`);
  const fire = () => bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(1), properties: { ticket_priority: 'High' } });
  const answers = (await Promise.all([fire(), fire(), fire()])).flatMap(texts);
  expect(answers.sort()).toEqual(['3 in one', 'Part of another one', 'Part of another one']);
});

test('core.batch: what came in the time is asked at once', async () => {
  await bench.deploy(`${nodesFolder}${'core/src/batch/examples/lookups-at-once.flow.json'}`);
  const look = (id: string) => bench.fire({ function: 'lookup_model_by_id', inputs: { model_id: id } });
  const results = (await Promise.all([look('A'), look('B')])).map(({ result }) => (isJsonObject(result) ? result.content : null));
  expect(results).toEqual(expect.arrayContaining([{ asked: 0 }, { asked: 2, first: expect.stringMatching(/^[AB]$/) }]));
});

test('core.resequence: the lower number goes first, and one that comes again is too late', async () => {
  const path = 'core/src/resequence/examples/in-turn.flow.json';
  expect(await createTicket(path, 1)).toEqual(['At its turn']);
  expect(await createTicket(path, 0)).toEqual(['Too late']);
});

test('core.wiretap: the ticket is opened though the note fails', async () => {
  expect(await createTicket('core/src/wiretap/examples/ticket-all-the-same.flow.json', 1)).toEqual(['The ticket is opened']);
});

test('core.enrich: the present name stands in the message', async () => {
  const { name } = await bench.read(`/incidents/${bench.incidentId(1)}`);
  expect(await createTicket('core/src/enrich/examples/present-name.flow.json', 1)).toEqual([`It is called ${name}`]);
});
