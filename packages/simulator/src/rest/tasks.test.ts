import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;
let incidentId: unknown;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
  incidentId = (await caller.org('POST', '/incidents', { name: 'Parent', discovered_date: 1 })).at('id');
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

/** Keys of the task that the platform's own client was recorded with. */
const taskKeys =
  'id name inc_id inc_name inc_owner_id inc_training status required active frozen custom private owner_id owner_fname owner_lname init_date due_date closed_date phase_id category_id cat_name src_name at_id form instr_text instructions description user_notes members perms notes notes_count attachments_count task_layout auto_deactivate creator_principal regs actions'.split(
    ' ',
  );

test('[R100] a task is added, read with labels, changed as a whole, closed and deleted', async () => {
  const added = await caller.org('POST', `/incidents/${incidentId}/tasks?handle_format=names`, {
    name: 'Look',
    phase_id: 'Engage',
    due_date: 5,
  });
  expect(added.body).toMatchObject({ name: 'Look', phase_id: 'Engage', status: 'Open', required: true, due_date: 5, closed_date: null });
  expect(Object.keys(added.body as object)).toEqual(expect.arrayContaining(taskKeys));
  const path = `/tasks/${added.at('id')}`;
  expect((await caller.org('GET', path)).body).toMatchObject({ phase_id: 1003, status: 'O', inc_id: incidentId });
  const closed = await caller.org('PUT', path, { name: 'Looked', status: 'C' });
  expect(closed.body).toMatchObject({ name: 'Looked', status: 'C', due_date: null, active: false, closed_date: expect.any(Number) });
  expect((await caller.org('PUT', path, { name: 'Looked', status: 'O' })).body).toMatchObject({ closed_date: null, active: true });
  expect((await caller.org('DELETE', path)).status).toBe(200);
  expect((await caller.org('GET', path)).status).toBe(404);
});

test('[R101] what a task cannot hold is refused by field', async () => {
  const post = async (body: object) => (await caller.org('POST', `/incidents/${incidentId}/tasks`, { ...body })).at('message');
  expect(await post({})).toBe('Field name is required.');
  expect(await post({ name: 'x', phase_id: 'Never' })).toContain('phase_id');
  expect(await post({ name: 7 })).toContain('name');
  expect((await caller.org('PUT', '/tasks/99999', { name: 'x' })).status).toBe(404);
});

test('[R102] notes of a task stand at the task and not at the incident, and go with it', async () => {
  const task = await caller.org('POST', `/incidents/${incidentId}/tasks`, { name: 'With notes' });
  const path = `/tasks/${task.at('id')}/comments`;
  const first = await caller.org('POST', path, { text: 'one' });
  expect(first.body).toMatchObject({ type: 'task', task_id: task.at('id'), task_name: 'With notes', text: 'one' });
  await caller.org('POST', path, { text: 'two', parent_id: first.at('id') });
  expect((await caller.org('GET', path)).body).toMatchObject([{ text: 'one', children: [{ text: 'two' }] }]);
  expect((await caller.org('GET', `/incidents/${incidentId}/comments`)).body).toEqual([]);
  expect((await caller.org('POST', `/incidents/${incidentId}/comments`, { text: 'x', parent_id: first.at('id') })).status).toBe(400);
  expect((await caller.org('GET', `/tasks/${task.at('id')}`)).at('notes_count')).toBe(1);
  await caller.org('DELETE', `/tasks/${task.at('id')}`);
  expect((await caller.org('GET', path)).status).toBe(404);
});

test('[R103] milestones are added with title and date, changed and deleted', async () => {
  const list = `/incidents/${incidentId}/milestones`;
  const added = await caller.org('POST', list, { title: 'Found', date: 7, description: { format: 'text', content: 'a < b' } });
  expect(added.body).toMatchObject({ title: 'Found', date: 7, description: 'a &lt; b' });
  expect((await caller.org('PUT', `${list}/${added.at('id')}`, { title: 'Found it', date: 8 })).body).toMatchObject({
    title: 'Found it',
    date: 8,
  });
  expect((await caller.org('POST', list, { title: 'No date' })).at('message')).toBe('Field date is required.');
  expect((await caller.org('DELETE', `${list}/${added.at('id')}`)).status).toBe(200);
  expect((await caller.org('GET', list)).body).toEqual([]);
});

test('[R104] members are written with the version of the incident, and a stale one is a conflict', async () => {
  const path = `/incidents/${incidentId}/members`;
  const before = await caller.org('GET', path);
  const written = await caller.org('PUT', path, { members: [simulator.email], vers: Number(before.at('vers')) });
  expect(written.body).toEqual({ members: [expect.any(Number)], vers: Number(before.at('vers')) + 1 });
  expect((await caller.org('PUT', path, { members: [], vers: Number(before.at('vers')) })).status).toBe(409);
  expect((await caller.org('PUT', path, { members: ['nobody@example.com'], vers: Number(written.at('vers')) })).status).toBe(400);
});

test('[A30] a rule on tasks is invoked with the task and its incident, and the menu item of a task with that task', async () => {
  const task = await caller.org('POST', `/incidents/${incidentId}/tasks`, { name: 'Changed' });
  const [automatic] = simulator.invocations.list({ status: 'Pending' }).filter(({ name }) => name === 'Task Changed');
  expect(automatic).toBeDefined();
  const view = simulator.desk.getIncident(Number(incidentId));
  expect(view.tasks).toMatchObject([{ type: 'task', title: 'Changed', actions: [{ name: 'Ask about the Task' }] }]);
  const object = { type: 'task', id: Number(task.at('id')) } as const;
  const id = await simulator.desk.fire({ rule: 'Ask about the Task', incidentId: Number(incidentId), object, properties: {} });
  expect(simulator.invocations.find(id)).toMatchObject({ name: 'Ask about the Task', status: 'Pending' });
});
