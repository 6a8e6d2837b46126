import type { JsonObject } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarIncidentClose } from './descriptor.ts';
import { executeIncidentClose } from './execute.ts';

const node = defineNode(soarIncidentClose, executeIncidentClose);
const catalogue = {
  fields: {
    incident: [
      createField({ name: 'name', inputType: 'text' }),
      createField({
        name: 'resolution_id',
        inputType: 'select',
        label: 'Resolution',
        required: 'close',
        values: createSelectValues(7, ['Resolved', 'Duplicate']),
      }),
      createField({ name: 'resolution_summary', inputType: 'textarea', label: 'Resolution Summary', required: 'close' }),
    ],
  },
};
const incident = { id: 5, vers: 3, plan_status: 'A', name: 'x', resolution_id: null, resolution_summary: null };

function open(fields: readonly JsonObject[], current: JsonObject = incident) {
  const bench = testNode(node, { incidentId: 5, fields: [...fields] }, { catalogue });
  bench.platform.answer('GET', '/incidents/5', { body: current });
  bench.platform.answer('PUT', '/incidents/5', ({ body }) => ({ body: body ?? null }));
  return bench;
}

test('[N57] it is closed together with the fields, by label', async () => {
  const bench = open([
    { field: 'resolution_id', value: 'Duplicate' },
    { field: 'resolution_summary', value: 'as 4' },
  ]);
  await bench.send({});
  expect(bench.platform.requests.at(-1)).toMatchObject({
    method: 'PUT',
    body: { ...incident, plan_status: 'C', resolution_id: 8, resolution_summary: { format: 'text', content: 'as 4' } },
  });
});

test('[N57] all that is missing is told before anything is written; what the incident has counts', async () => {
  const bench = open([]);
  expect((await bench.send({})).error).toMatchObject({
    code: 'SOAR_FIELD_REQUIRED',
    message: expect.stringMatching(/"resolution_id" \(Resolution\), "resolution_summary" \(Resolution Summary\).*for closing/),
  });
  expect(bench.platform.requests.map(({ method }) => method)).toEqual(['GET']);
  const filled = open([], { ...incident, resolution_id: 7, resolution_summary: 'done' });
  expect((await filled.send({})).error).toBeUndefined();
});

test('[N57] an incident that is closed already is not written', async () => {
  const bench = open([], { ...incident, plan_status: 'C' });
  await bench.send({});
  expect(bench.platform.requests.map(({ method }) => method)).toEqual(['GET']);
});

test.each([[{}], [{ incidentId: 'a' }], [{ incidentId: 1, fields: [{ field: 'x' }] }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.incident-close: config');
  },
);
