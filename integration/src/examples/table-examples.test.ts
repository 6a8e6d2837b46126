import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench } from './example-bench.ts';

const nodesFolder = new URL('../../../nodes/', import.meta.url).pathname;
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

async function createTicket(path: string, incident: number, priority = 'High'): Promise<InvocationView> {
  await bench.deploy(`${nodesFolder}${path}`);
  return bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(incident), properties: { ticket_priority: priority } });
}

const texts = (view: InvocationView) => view.replies.map(({ message }) => message);
const readTable = async (incident: number) =>
  JSON.stringify(await bench.read(`/incidents/${bench.incidentId(incident)}/table_data/ticket_log`));

test('soar.table-search: the open tickets are told', async () => {
  expect(texts(await createTicket('soar/src/table-search/examples/open-tickets.flow.json', 1))).toEqual(['1 open: SD-40052']);
});

test('soar.table-delete: the rows of closed tickets are gone, the others are there', async () => {
  expect(texts(await createTicket('soar/src/table-delete/examples/clear-closed-tickets.flow.json', 1))).toEqual(['1 deleted']);
  expect(await readTable(1)).toContain('SD-40052');
  expect(await readTable(1)).not.toContain('SD-40060');
});

test('soar.table-rows: both tickets are written, once, and one that cannot be is told beside the other', async () => {
  const path = 'soar/src/table-rows/examples/two-tickets.flow.json';
  expect(texts(await createTicket(path, 2))).toEqual(['2 written']);
  expect(texts(await createTicket(path, 2, 'Low'))).toEqual(['1 written, 1 not: SOAR_SELECT_VALUE_UNKNOWN']);
  expect((await readTable(2)).match(/"A-\d+"/g)).toHaveLength(1);
});
