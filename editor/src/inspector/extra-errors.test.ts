import type { FlowNode, FlowProblem } from '@wirebook/flow';
import { expect, test } from 'vitest';
import { collectErrors, toExtraErrors } from './extra-errors.ts';
import { shortenProblem } from './problem-text.ts';

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
      problem('cases[0].when', 'a second one'),
      problem('url', 'of another node', 'n2'),
      problem(undefined, 'of the whole node'),
    ],
    node,
  );
  expect(errors).toEqual({
    headers: { 'x.y': { __errors: ['Must be text or an expression, got 5.'] } },
    cases: { 0: { when: { __errors: ['Expression "(" ends too early.', 'A second one.'] } } },
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

test('[I3] beside a list of fields the message keeps its field', () => {
  const text = shortenProblem(problem('url', 'node "n1" (web.call): field "url" is missing'), node, false);
  expect(text).toBe('Field "url" is missing.');
});
