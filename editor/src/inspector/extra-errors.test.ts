import type { FlowNode, FlowProblem } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { collectErrors, toExtraErrors } from './extra-errors.ts';
import { describeInList, nameField } from './problem-text.ts';

const node: FlowNode = {
  id: 'n1',
  type: 'web.call',
  typeVersion: 1,
  name: 'Ask',
  config: { headers: { 'x.y': 5 }, cases: [{ when: { $expr: '(' } }] },
  disabled: false,
  notes: '',
};

function problem(field: string | undefined, message: string, nodeId = 'n1'): FlowProblem {
  return { code: 'FLOW_NODE_CONFIG_INVALID', severity: 'error', message, nodeId, ...(field === undefined ? {} : { field }) };
}

test('[I3] problems stand at the field that they name, also where keys hold dots', () => {
  const errors = toExtraErrors(
    [
      problem('headers.x.y', 'node "n1" (web.call): field "headers.x.y" must be text or an expression, got 5'),
      problem('cases[0].when', 'node "n1" (web.call): field "cases[0].when": expression "(" ends too early'),
      problem('cases[0].when', 'node "n1" (web.call): field "cases[0].when": expression "a + \\"(\\"", position 4: expected more'),
      problem('url', 'of another node', 'n2'),
      problem(undefined, 'of the whole node'),
    ],
    node,
  );
  expect(errors).toEqual({
    headers: { 'x.y': { __errors: ['Must be text or an expression, got 5.'] } },
    cases: { 0: { when: { __errors: ['Expression "(" ends too early.', 'Position 4: expected more.'] } } },
  });
});

test('[I3] a leaf shows what is wrong anywhere inside its value', () => {
  expect(collectErrors({ __errors: ['a'], fields: { 0: { __errors: ['b'] } }, none: undefined })).toEqual(['a', 'b']);
  expect(collectErrors(undefined)).toEqual([]);
});

test('[I3] a key named like the prototype of objects is a key like others', () => {
  const errors = toExtraErrors([problem('__proto__', 'is not known')], { ...node, config: {} });
  expect(Object.getPrototypeOf(errors)).toBe(Object.prototype);
  expect(collectErrors(errors)).toEqual(['Is not known.']);
});

test('[I3] in a list a problem names its field as the form does', () => {
  const schema = {
    properties: { url: { title: 'Address' }, cases: { title: 'Cases', items: { properties: { when: { title: 'When' } } } } },
  };
  const missing = problem('url', 'node "n1" (web.call): field "url" is missing');
  expect(describeInList(missing, node, schema)).toBe('Address: is missing.');
  expect(describeInList(missing, node, undefined)).toBe('url: is missing.');
  expect(describeInList(problem('cases[0].when', 'node "n1" (web.call): field "cases[0].when" must not be empty'), node, schema)).toBe(
    'Cases 1, When: must not be empty.',
  );
  expect(describeInList(problem(undefined, 'node "n1" (web.call): no wire leads to it'), node, schema)).toBe('No wire leads to it.');
  expect(nameField(schema, ['headers', 'x.y'])).toBe('headers, x.y');
});
