import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentGet } from './descriptor.ts';
import { executeIncidentGet } from './execute.ts';

const node = defineNode(soarIncidentGet, executeIncidentGet);

test('[N35] the incident is read with the handles that are wanted', async () => {
  for (const [config, handleFormat] of [
    [{ incidentId: 7 }, 'names'],
    [{ incidentId: 7, handles: 'ids' }, 'ids'],
  ] as const) {
    const bench = testNode(node, config);
    bench.platform.answer('GET', '/incidents/7', { body: { id: 7 } });
    await bench.send({});
    expect(bench.platform.requests).toEqual([{ method: 'GET', path: '/incidents/7', handleFormat }]);
    expect(bench.sent('out')).toEqual([{ id: 7 }]);
  }
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  expect(await testNode(node, { incidentId: 1 }).send({})).toMatchObject({ emitted: [], error: { code: 'SOAR_NOT_FOUND' } });
});

test.each([[{}], [{ incidentId: 0 }], [{ incidentId: 'x' }], [{ incidentId: 1, handles: 'both' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-get: config');
  },
);
