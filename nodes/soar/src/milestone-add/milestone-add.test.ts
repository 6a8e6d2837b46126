import { defineNode } from '@wirebook/node-kit';
import { createField, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { milestoneCheck } from './check-milestone.ts';
import { soarMilestoneAdd } from './descriptor.ts';
import { executeMilestoneAdd } from './execute.ts';

const node = defineNode(soarMilestoneAdd, executeMilestoneAdd, milestoneCheck);
const catalogue = {
  fields: {
    milestone: [
      createField({ name: 'title', inputType: 'text' }),
      createField({ name: 'date', inputType: 'datetimepicker' }),
      createField({ name: 'description', inputType: 'textarea' }),
    ],
  },
};

test('[N56] the milestone is posted with its date, the present one where none is given', async () => {
  const bench = testNode(node, { incidentId: 5, title: 'Contained', description: 'all of them' }, { catalogue });
  bench.platform.answer('POST', '/incidents/5/milestones', { body: { id: 7 } });
  await bench.send({});
  const description = { format: 'text', content: 'all of them' };
  expect(bench.platform.requests).toEqual([
    { method: 'POST', path: '/incidents/5/milestones', body: { title: 'Contained', date: bench.clock.now(), description } },
  ]);
  const dated = testNode(node, { incidentId: 5, title: 'x', date: '2026-03-01' }, { catalogue });
  await dated.send({});
  expect(dated.platform.requests).toMatchObject([{ body: { title: 'x', date: 1_772_323_200_000 } }]);
});

test('[N56] a date that is none is refused before anything is asked', async () => {
  const bench = testNode(node, { incidentId: 5, title: 'x', date: 'soon' }, { catalogue });
  expect((await bench.send({})).error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "date"') });
  expect(bench.platform.requests).toEqual([]);
});

test('[N56] after a crash a further milestone of the title is the one of the step', async () => {
  const bench = testNode(node, { incidentId: 5, title: 'x' }, { catalogue });
  bench.platform.answer('GET', '/incidents/5/milestones', { body: [{ id: 1, title: 'x' }] });
  const mark = await bench.mark();
  bench.platform.answer('GET', '/incidents/5/milestones', {
    body: [
      { id: 1, title: 'x' },
      { id: 2, title: 'x' },
    ],
  });
  expect(await bench.check({ intendedAtMs: 1, mark })).toMatchObject({ written: true, emissions: [{ message: { id: 2 } }] });
});

test.each([[{ incidentId: 5 }], [{ title: 'x' }], [{ incidentId: 5, title: '' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.milestone-add: config');
  },
);
