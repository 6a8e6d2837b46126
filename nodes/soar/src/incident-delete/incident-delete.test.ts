import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentDelete } from './descriptor.ts';
import { executeIncidentDelete } from './execute.ts';

const node = defineNode(soarIncidentDelete, executeIncidentDelete);

test('[N58] the incident is deleted and the message goes on', async () => {
  const bench = testNode(node, { incidentId: 5 });
  bench.platform.answer('DELETE', '/incidents/5', { body: { success: true } });
  await bench.send({ a: 1 });
  expect(bench.platform.requests).toEqual([{ method: 'DELETE', path: '/incidents/5' }]);
  expect(bench.sent('out')).toEqual([{ a: 1 }]);
});

test('[N58] one that is not there counts as deleted, unless the config says otherwise', async () => {
  expect((await testNode(node, { incidentId: 5 }).send({})).error).toBeUndefined();
  expect((await testNode(node, { incidentId: 5, whenGone: 'fail' }).send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test('[N58] any other refusal is an error', async () => {
  const bench = testNode(node, { incidentId: 5 });
  bench.platform.answer('DELETE', '/incidents/5', { status: 403 });
  expect((await bench.send({})).error?.code).toBe('SOAR_FORBIDDEN');
});

test.each([[{}], [{ incidentId: 0 }], [{ incidentId: 1, whenGone: 'skip' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-delete: config');
  },
);
