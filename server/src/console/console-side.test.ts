import type { RouteTypes, ServerEvents } from '@wirebook/api';
import { createSimulator, type Simulator } from '@wirebook/simulator';
import { createFakeClock, type FakeClock } from '@wirebook/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { toErrorResponse } from '../http/error-answer.ts';
import type { ConsoleRoute } from './console-handlers.ts';
import { type ConsoleSide, createConsoleSide } from './console-side.ts';

let simulator: Simulator;
let clock: FakeClock;
let side: ConsoleSide;
let handlers: ReturnType<ConsoleSide['createHandlers']>;
let told: ServerEvents['console:changed'][];

beforeAll(async () => {
  simulator = await createSimulator();
});
beforeEach(() => {
  clock = createFakeClock();
  told = [];
  side = createConsoleSide({ simulator, clock });
  handlers = side.createHandlers({ toConsole: (_name, event) => void told.push(event as ServerEvents['console:changed']) });
});
afterEach(async () => {
  side.close();
  await simulator.reset();
});
afterAll(() => simulator.close());

const incidentId = 2101;

async function ask<Name extends ConsoleRoute>(name: Name, given: object = {}): Promise<RouteTypes[Name]['answer']> {
  const handler = handlers[name] as unknown as (request: object) => Promise<RouteTypes[Name]['answer']>;
  return handler({ params: {}, query: {}, body: undefined, ...given });
}

/** Status and message as a browser gets them. */
async function refusal(name: ConsoleRoute, given: object): Promise<[number, string]> {
  try {
    await ask(name, given);
  } catch (thrown) {
    const { status, body } = toErrorResponse(thrown);
    return [status, body.error.message];
  }
  throw new Error('it was not refused');
}

const run = async (body: object) => (await ask('runConsoleAction', { body: { incidentId, ...body } })).invocationId;
const ticket = (priority = 'High') => run({ rule: 'Create Ticket', properties: { ticket_priority: priority } });
const reply = (id: number, queue: string, body: object) =>
  simulator.publish({
    destination: `acks.201.${queue}`,
    headers: { 'correlation-id': `invid:${id}` },
    body: new TextEncoder().encode(JSON.stringify(body)),
  });
const rows = async (query: object = {}) => (await ask('getActionStatus', { query })).rows;

test('[O8] incidents are listed and shown, and actions run on them', async () => {
  const list = await ask('listConsoleIncidents');
  expect([list.orgName, list.incidents.length]).toEqual(['Harbour Lane Credit Union', 5]);
  const incident = await ask('getConsoleIncident', { params: { incidentId: String(incidentId) } });
  expect(incident).toMatchObject({ id: incidentId, artifacts: [{ id: 21 }, {}, {}], actions: [{ name: 'Create Ticket' }, {}] });
  const id = await run({ rule: 'Lookup Model', object: { type: 'artifact', id: 22 } });
  expect(simulator.invocations.find(id)).toMatchObject({ name: 'Lookup Model', incident: incidentId });
});

test('[O8] refusals come with the words of the platform, as 404 and 400', async () => {
  expect(await refusal('getConsoleIncident', { params: { incidentId: '7' } })).toEqual([404, 'Unable to find object with ID 7.']);
  expect(await refusal('getConsoleIncident', { params: { incidentId: 'x' } })).toEqual([400, expect.stringContaining('whole number')]);
  const create = { rule: 'Create Ticket', incidentId };
  expect(await refusal('runConsoleAction', { body: create })).toEqual([400, 'Field ticket_priority is required.']);
  expect(await refusal('runConsoleAction', { body: { ...create, incidentId: 7 } })).toEqual([404, 'Unable to find object with ID 7.']);
  const onNote = { rule: 'Lookup Model', incidentId, object: { type: 'note', id: 999 } };
  expect(await refusal('runConsoleAction', { body: onNote })).toEqual([404, 'Incident 2101 has no note 999.']);
  expect(await refusal('getActionStatus', { query: { status: 'Lost' } })).toEqual([400, expect.stringContaining('Pending, Complete')]);
});

test('[O8] without a simulated platform every route is 404', async () => {
  handlers = createConsoleSide({ simulator: null, clock }).createHandlers({ toConsole: () => undefined });
  for (const name of ['listConsoleIncidents', 'getConsoleIncident', 'runConsoleAction', 'getActionStatus'] as const) {
    expect(await refusal(name, { params: { incidentId: '2101' }, body: {} })).toEqual([404, expect.stringContaining('app.config')]);
  }
});

test('[O9] a call has a row with every reply in order and the result', async () => {
  const id = await run({ rule: 'Lookup Model', object: { type: 'artifact', id: 22 } });
  await reply(id, 'fn_models', { message_type: 0, message: 'looking', complete: false });
  await reply(id, 'fn_models', { message_type: 2, message: 'slow', complete: false });
  await reply(id, 'fn_models', { message_type: 0, message: 'Completed', complete: true, results: { content: { a: 1 } } });
  await expect.poll(async () => (await rows())[0]?.status).toBe('Complete');
  expect(await rows()).toMatchObject([
    {
      id,
      invocationId: id,
      incidentId,
      type: 'Workflow - Function',
      user: 'Nora Lindqvist',
      name: 'Lookup Model',
      functionName: 'lookup_model_by_id',
      information: 'Completed',
      messages: [
        { text: 'looking', kind: 'information', isCompleting: false },
        { text: 'slow', kind: 'warning', isCompleting: false },
        { text: 'Completed', kind: 'information', isCompleting: true },
      ],
      result: { content: { a: 1 } },
    },
  ]);
});

test('[O9] rows come newest first, and are filtered by incident and status', async () => {
  const first = await ticket('Low');
  const second = await ticket();
  const other = await run({ rule: 'Page the Branch', incidentId: 2102 });
  await reply(second, 'ticket_desk', { message_type: 1, message: 'The desk is closed', complete: true });
  await expect.poll(async () => (await rows({ status: 'Error' })).length).toBe(1);
  const idsOf = async (query: object) => (await rows(query)).map(({ id }) => id);
  expect(await idsOf({})).toEqual([other, second, first]);
  expect(await idsOf({ incidentId: String(incidentId) })).toEqual([second, first]);
  expect(await idsOf({ status: 'Pending' })).toEqual([first]);
  expect(await idsOf({ incidentId: '2102', status: 'Complete' })).toEqual([other]);
  expect((await rows({ status: 'Error' }))[0]).toMatchObject({ information: 'The desk is closed', messages: [{ kind: 'error' }] });
});

test('[O9] an action that failed without a reply has its reason, whether a call was made or not', async () => {
  const badInput = { function: 'lookup_model_by_id', inputs: { model_id: { from: 'literal', value: 5 } }, writes: [] } as const;
  const badWrite = { to: 'field', field: 'properties.affected_accounts', paths: ['text'] } as const;
  const call = { function: 'lookup_model_by_id', inputs: { model_id: { from: 'artifact', field: 'value' } }, writes: [badWrite] } as const;
  await simulator.addContent(simulator.orgId, {
    workflows: [
      { name: 'Bad Input', programmaticName: 'bad_input', objectType: 'artifact', calls: [badInput] },
      { name: 'Bad Write', programmaticName: 'bad_write', objectType: 'artifact', calls: [call] },
    ],
    rules: [
      { name: 'Bad Input', kind: 'menu', objectType: 'artifact', workflows: ['bad_input'] },
      { name: 'Bad Write', kind: 'menu', objectType: 'artifact', workflows: ['bad_write'] },
    ],
  });
  const object = { type: 'artifact', id: 22 };
  const unsent = await run({ rule: 'Bad Input', object });
  const unwritten = await run({ rule: 'Bad Write', object });
  await reply(unwritten, 'fn_models', { message_type: 0, message: 'Completed', complete: true, results: { text: 'no number' } });
  await expect.poll(async () => (await rows({ status: 'Error' })).map(({ id }) => id)).toEqual([unwritten, unsent]);
  expect(await rows()).toMatchObject([
    { name: 'Bad Write', information: expect.stringContaining('affected_accounts'), messages: [{ text: 'Completed' }] },
    { name: 'Bad Input', information: expect.stringContaining('model_id'), messages: [], result: null },
  ]);
});

test('[O10] watchers are told of all changes of 100 ms at once', async () => {
  await ticket('Low');
  await ticket();
  await run({ rule: 'Page the Branch', incidentId: 2102 });
  expect(told).toEqual([]);
  await clock.advance(100);
  expect(told).toEqual([{ incidentIds: [], isActionStatusChanged: true }]);
  await simulator.reset();
  await clock.advance(100);
  expect(told[1]).toMatchObject({ incidentIds: expect.arrayContaining([2101, 2105]), isActionStatusChanged: true });
  await clock.advance(1000);
  expect(told).toHaveLength(2);
  side.close();
  await ticket();
  await clock.advance(1000);
  expect(told).toHaveLength(2);
});
