import { isJsonObject, type JsonObject } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench } from './example-bench.ts';

const nodesFolder = new URL('../../../nodes/', import.meta.url).pathname;
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

async function createTicket(path: string, incident: number): Promise<InvocationView> {
  await bench.deploy(`${nodesFolder}${path}`);
  return bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(incident), properties: { ticket_priority: 'High' } });
}

async function listTasks(incident: number): Promise<readonly JsonObject[]> {
  const { list } = await bench.read(`/incidents/${bench.incidentId(incident)}/tasks`);
  return (Array.isArray(list) ? list : []).filter(isJsonObject);
}

/** The menu item of a task, with a task that it is asked about. */
async function askAboutTask(path: string, incident: number): Promise<{ view: InvocationView; task: JsonObject }> {
  await bench.deploy(`${nodesFolder}${path}`);
  const task = (await listTasks(incident)).find(({ status }) => status === 'Open');
  if (task === undefined) throw new Error('no task is open');
  const object = { type: 'task', id: Number(task.id) };
  const view = await bench.fire({ rule: 'Ask about the Task', incident: bench.incidentId(incident), object });
  return { view, task: await bench.read(`/tasks/${task.id}`) };
}

const texts = (view: InvocationView) => view.replies.map(({ message }) => message);

test('soar.task-list: the open tasks are told, the closed one is not', async () => {
  const open = (await listTasks(0)).filter(({ status }) => status === 'Open').map(({ name }) => name);
  const view = await createTicket('soar/src/task-list/examples/open-tasks.flow.json', 0);
  expect(texts(view)).toEqual([`${open.length} open: ${open.join('; ')}`]);
  expect(open).toHaveLength(2);
});

test('soar.task-add: the incident has the task, with its phase by label', async () => {
  const view = await createTicket('soar/src/task-add/examples/ticket-task.flow.json', 2);
  const [added] = (await listTasks(2)).slice(-1);
  expect(texts(view)).toEqual([`Task ${added?.id} is added`]);
  expect(added).toMatchObject({ name: `Follow ticket SD-${bench.incidentId(2)}`, phase_id: 'Respond', required: false, status: 'Open' });
});

test('soar.task-update: the task is of whoever asks, with a day of time', async () => {
  const { view, task } = await askAboutTask('soar/src/task-update/examples/mine-until-tomorrow.flow.json', 0);
  expect(texts(view)).toEqual([`${task.name} is yours until tomorrow`]);
  expect(task.owner_id).toBe(bench.simulator.email);
  expect(Number(task.due_date) - Date.now()).toBeGreaterThan(80_000_000);
});

test('soar.task-note-add: the note stands at the task, not at the incident', async () => {
  const { view, task } = await askAboutTask('soar/src/task-note-add/examples/asked-for.flow.json', 0);
  expect(texts(view)).toEqual(['Noted']);
  expect(JSON.stringify((await bench.read(`/tasks/${task.id}/comments`)).list)).toContain('asked about this task.');
  expect(JSON.stringify((await bench.read(`/incidents/${bench.incidentId(0)}/comments`)).list)).not.toContain('asked about this task.');
});

test('soar.task-close: the task is closed, with the time', async () => {
  const { view, task } = await askAboutTask('soar/src/task-close/examples/done.flow.json', 1);
  expect(texts(view)).toEqual([`${task.name} is closed`]);
  expect(task).toMatchObject({ status: 'Closed', closed_date: expect.any(Number), active: false });
});

test('soar.milestone-add: the milestone stands on the timeline', async () => {
  const view = await createTicket('soar/src/milestone-add/examples/ticket-opened.flow.json', 3);
  const { list } = await bench.read(`/incidents/${bench.incidentId(3)}/milestones`);
  expect(list).toMatchObject([{ title: 'Ticket opened', description: 'Priority High', date: expect.any(Number) }]);
  expect(texts(view)).toEqual([`Milestone ${(list as readonly JsonObject[])[0]?.id}`]);
});

test('soar.incident-members: whoever opens the ticket is a member', async () => {
  const view = await createTicket('soar/src/incident-members/examples/call-in.flow.json', 3);
  expect(texts(view)).toEqual(['1 members']);
  expect((await bench.read(`/incidents/${bench.incidentId(3)}`)).members).toEqual([bench.simulator.email]);
});

test('soar.incident-close: the incident is closed with its resolution', async () => {
  const view = await createTicket('soar/src/incident-close/examples/close-as-resolved.flow.json', 4);
  expect(texts(view)).toEqual([`Incident ${bench.incidentId(4)} is closed`]);
  expect(await bench.read(`/incidents/${bench.incidentId(4)}`)).toMatchObject({ plan_status: 'Closed', resolution_id: 'Resolved' });
});

test('soar.incident-delete: the incidents of the exercise are gone, and no other', async () => {
  for (const name of ['Fire drill', 'Fire drill', 'Fire drills']) {
    await bench.calls.request({ method: 'POST', path: '/incidents', body: { name, discovered_date: 1 } });
  }
  const view = await createTicket('soar/src/incident-delete/examples/remove-the-exercise.flow.json', 0);
  expect(texts(view)).toEqual(['2 deleted']);
  const { body } = await bench.calls.request({ method: 'GET', path: '/incidents' });
  expect(JSON.stringify(body)).toContain('Fire drills');
  expect(JSON.stringify(body)).not.toContain('"Fire drill"');
});

test('soar.incident-patch: the number is written, and the system that an analyst added since the rule fired stays', async () => {
  await bench.deploy(`${nodesFolder}core/src/set/examples/shape-the-result.flow.json`);
  const path = `/incidents/${bench.incidentId(2)}`;
  // The rule fires before the flow is there, so that the analyst comes in between.
  const fired = bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(2), properties: { ticket_priority: 'Low' } });
  await bench.calls.readChangeWrite({
    path,
    handleFormat: 'names',
    apply: (current) => ({
      ...current,
      properties: { ...(current.properties as JsonObject), affected_systems: ['Card payments', 'Laptops'] },
    }),
  });
  const example = 'soar/src/incident-patch/examples/number-of-the-ticket.flow.json';
  await bench.deploy(`${nodesFolder}${example}`);
  expect(texts(await fired)).toEqual([`SD-${bench.incidentId(2)}`]);
  expect(await bench.read(path)).toMatchObject({
    properties: { ticket_number: `SD-${bench.incidentId(2)}`, affected_systems: expect.arrayContaining(['Laptops', 'Mail']) },
  });
});
