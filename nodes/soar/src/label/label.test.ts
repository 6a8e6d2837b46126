import type { JsonObject, JsonValue } from '@wirebook/errors';
import { defineNode } from '@wirebook/node-kit';
import { createField, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarLabel } from './descriptor.ts';
import { executeLabel } from './execute.ts';

const node = defineNode(soarLabel, executeLabel);
const values = [
  { value: 4, label: 'Low', enabled: true },
  { value: 5, label: 'High', enabled: true },
  { value: 6, label: 'Huge', enabled: false },
];
const catalogue = {
  fields: {
    incident: [createField({ name: 'severity_code', inputType: 'select', values }), createField({ name: 'city', inputType: 'text' })],
    log: [createField({ name: 'priority', inputType: 'select', values: [{ value: 50, label: 'P1', enabled: true }] })],
  },
};

async function label(value: JsonValue, config: JsonObject = {}, message: JsonValue = { id: 7 }) {
  const { emitted, error } = await testNode(node, { field: 'severity_code', value, ...config }, { catalogue }).send(message);
  return error ?? emitted[0]?.message;
}

test.each([
  [5, {}, 'High'],
  [6, {}, 'Huge'],
  ['Low', {}, 'Low'],
  [{ id: 4 }, {}, 'Low'],
  [[4, 'High', null], {}, ['Low', 'High', null]],
  [null, {}, null],
  ['High', { to: 'id' }, 5],
  [['Low', 6], { to: 'id' }, [4, 6]],
  [50, { objectType: 'log', field: 'priority' }, 'P1'],
  [99, { unknown: 'keep' }, 99],
  [99, { unknown: 'null' }, null],
])('[N95] %j with %j is %j', async (value, config, expected) => {
  expect(await label(value, config)).toEqual(expected);
});

test('[N95] it goes into a field of the message', async () => {
  expect(await label(5, { path: 'ticket.severity' })).toEqual({ id: 7, ticket: { severity: 'High' } });
});

test.each([
  [99, {}, 'SOAR_SELECT_VALUE_UNKNOWN', 'Low (4), High (5), Huge (6, switched off)'],
  ['x', { field: 'city' }, 'SOAR_SELECT_VALUE_UNKNOWN', 'no select field'],
  [4, { field: 'severity' }, 'SOAR_FIELD_UNKNOWN', 'severity_code'],
  [4, { objectType: 'moon' }, 'SOAR_FIELD_UNKNOWN', 'no type or table "moon"'],
])('[N96] %j with %j is %s', async (value, config, code, text) => {
  expect(await label(value, config)).toMatchObject({ code, message: expect.stringContaining(text) });
});

test('[N96] a field of what is no object is refused', async () => {
  expect(await label(4, { path: 'a' }, 'x')).toMatchObject({ code: 'NODE_INPUT_INVALID' });
});

test.each([[{ field: 'x' }], [{ value: 1 }], [{ field: 'x', value: 1, to: 'both' }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.label: config');
  },
);
