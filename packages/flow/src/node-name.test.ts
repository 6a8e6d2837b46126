import { expect, test } from 'vitest';
import { makeNodeName } from './node-name.ts';
import { parseFlowValue } from './parse-flow.ts';

function nameAmong(names: readonly string[], label: string): string {
  const nodes = names.map((name, index) => ({ id: `n${index}`, type: 'core.set', typeVersion: 1, name, config: {} }));
  return makeNodeName(parseFlowValue({ format: 1, id: 'f', name: 'F', nodes, wires: [] }), label);
}

test.each<[string[], string, string]>([
  [[], 'Set', 'Set'],
  [['Set'], 'Set', 'Set 2'],
  [['Set', 'Set 2', 'Set 4'], 'Set', 'Set 3'],
  [['Set', 'Set 2'], 'Set 2', 'Set 3'],
  [['HTTP 404'], 'HTTP 404', 'HTTP 404 2'],
  [['Set'], ' Set ', 'Set 2'],
  [[], '', 'Node'],
  [['Node'], '  ', 'Node 2'],
])('[N1] among %j the label %j gives %j', (names, label, name) => {
  expect(nameAmong(names, label)).toBe(name);
});

test('[N1] a name is never longer than names may be', () => {
  const long = 'x'.repeat(300);
  expect(nameAmong([], long)).toBe('x'.repeat(200));
  expect(nameAmong(['x'.repeat(200)], long)).toBe(`${'x'.repeat(198)} 2`);
});
