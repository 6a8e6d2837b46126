import { expect, test } from 'vitest';
import { canConnect } from './can-connect.ts';
import type { NodeTypeFacts } from './node-type-catalogue.ts';
import { parseFlowValue } from './parse-flow.ts';
import { parseWireEnd } from './wire-end.ts';

const types: Readonly<Record<string, NodeTypeFacts>> = {
  'soar.function': { version: 1, inputs: {}, outputs: { out: {} }, source: { kind: 'function' }, config: {} },
  'core.set': { version: 1, inputs: { in: {} }, outputs: { out: {} }, config: {} },
  'core.switch': { version: 1, inputs: { in: {} }, outputs: { otherwise: {} }, outputsFromConfig: 'cases', config: {} },
  'core.catch': { version: 1, inputs: {}, outputs: { out: {} }, catches: true, config: {} },
};

const nodeOf = (id: string, type: string, config: object = {}) => ({ id, type, typeVersion: 1, name: id, config });
const flow = parseFlowValue({
  format: 1,
  id: 'f',
  name: 'F',
  nodes: [
    nodeOf('f', 'soar.function'),
    nodeOf('s', 'core.set'),
    nodeOf('w', 'core.switch', { cases: [{ port: 'yes' }] }),
    nodeOf('c', 'core.catch'),
    nodeOf('u', 'other.unknown'),
  ],
  wires: [{ from: 'f.out', to: 's.in' }],
});

function connect(from: string, to: string): string | null {
  const catalogue = { find: (type: string) => (Object.hasOwn(types, type) ? types[type] : undefined) };
  const problem = canConnect(flow, catalogue, parseWireEnd(from), parseWireEnd(to));
  return problem === null ? null : `${problem.severity} ${problem.code} ${problem.message}`;
}

test.each([
  ['f.out', 'w.in'],
  ['s.error', 'w.in'],
  ['w.yes', 's.in'],
  ['s.out', 's.in'],
  ['u.any', 's.in'],
  ['s.out', 'u.any'],
])('[N2] a wire %s -> %s is allowed', (from, to) => {
  expect(connect(from, to)).toBe(null);
});

test.each([
  ['f.out', 's.in', 'error FLOW_WIRE_DUPLICATE wire "f".out -> "s".in: it is there already'],
  ['s.out', 'f.in', 'error FLOW_WIRE_DANGLING wire "s".out -> "f".in: node "f" (soar.function) takes no wires; it is a source'],
  [
    's.out',
    'c.in',
    'error FLOW_WIRE_DANGLING wire "s".out -> "c".in: node "c" (core.catch) takes no wires; errors come to it by themselves',
  ],
  [
    'w.no',
    's.in',
    'error FLOW_WIRE_DANGLING wire "w".no -> "s".in: port "no" does not exist on node "w" (core.switch); it has: otherwise, yes, error',
  ],
  ['s.out', 'w.out', 'error FLOW_WIRE_DANGLING wire "s".out -> "w".out: port "out" does not exist on node "w" (core.switch); it has: in'],
  ['s.out', 'x.in', 'error FLOW_WIRE_DANGLING wire "s".out -> "x".in: node "x" does not exist'],
])('[N2] a wire %s -> %s is forbidden', (from, to, reason) => {
  expect(connect(from, to)).toBe(reason);
});
