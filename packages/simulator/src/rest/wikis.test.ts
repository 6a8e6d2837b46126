import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

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

test('[R125] titles are a tree, and pages are read, added below another and changed', async () => {
  const tree = await caller.org('GET', '/wikis');
  expect(tree.body).toMatchObject({
    entities: [
      { title: 'When a branch calls', parent: null, children: [{ title: 'Lost or stolen laptop' }, {}] },
      { title: 'Numbers to call' },
    ],
  });
  const id = tree.at('entities.1.id');
  const added = await caller.org('POST', '/wikis', { title: 'At night', text: { format: 'html', content: '<p>4300</p>' }, parent: id });
  expect(added.body).toMatchObject({ title: 'At night', text: '<p>4300</p>', parent: id, children: [], perms: { update: true } });
  expect((await caller.org('GET', `/wikis/${id}`)).at('children.0.id')).toBe(added.at('id'));
  const path = `/wikis/${added.at('id')}`;
  await caller.org('PUT', path, { title: 'At night and on Sundays', text: '<p>4301</p>', parent: null });
  expect((await caller.org('GET', path)).body).toMatchObject({ title: 'At night and on Sundays', text: '<p>4301</p>', parent: null });
});

test.each([
  ['without a title', {}, 'title'],
  ['below a page that is not there', { title: 'x', parent: 999 }, '999'],
])('[R125] a page %s is refused', async (_, body, text) => {
  const answer = await caller.org('POST', '/wikis', body);
  expect([answer.status, answer.at('message')]).toEqual([400, expect.stringContaining(text)]);
});

test('[R125] a page that is not there is not found', async () => {
  expect((await caller.org('GET', '/wikis/999')).status).toBe(404);
});
