import { expect, test } from 'vitest';
import { createFlowGraph } from './flow-graph.ts';
import type { FlowNode } from './flow-schema.ts';

function graphOf(ids: string, ...wires: string[]) {
  const nodes: FlowNode[] = [...ids].map((id) => ({
    id,
    type: 'core.set',
    typeVersion: 1,
    name: id,
    config: {},
    disabled: false,
    notes: '',
  }));
  return createFlowGraph({
    nodes,
    wires: wires.map((wire) => {
      const [from = '', to = ''] = wire.split('>');
      return { from, to };
    }),
  });
}

test('[G1] targets of a port come in the order of the wires', () => {
  const graph = graphOf('abc', 'a.out>c.in', 'a.out>b.in', 'a.error>b.in');
  expect(graph.targetsOf('a', 'out')).toEqual([
    { nodeId: 'c', port: 'in' },
    { nodeId: 'b', port: 'in' },
  ]);
  expect(graph.targetsOf('a', 'other')).toEqual([]);
  expect(graph.wiredPortsOf('a')).toEqual(['out', 'error']);
  expect(graph.wiredPortsOf('b')).toEqual([]);
});

test('[G2] ancestors are all nodes that a message may have passed, by any port', () => {
  const graph = graphOf('abcde', 'a.out>b.in', 'b.out>c.in', 'd.error>c.in');
  expect([...graph.ancestorsOf('c')].sort()).toEqual(['a', 'b', 'd']);
  expect([...graph.ancestorsOf('a')]).toEqual([]);
  expect([...graph.ancestorsOf('nobody')]).toEqual([]);
});

test('[G2] a node in a cycle is its own ancestor', () => {
  const graph = graphOf('abc', 'a.out>b.in', 'b.out>c.in', 'c.out>b.in');
  expect([...graph.ancestorsOf('b')].sort()).toEqual(['a', 'b', 'c']);
});

test('[G3] what is reachable includes the nodes asked for, and nothing that does not exist', () => {
  const graph = graphOf('abcd', 'a.out>b.in', 'b.out>a.in', 'c.out>d.in', 'b.out>ghost.in', 'ghost.out>d.in');
  expect([...graph.reachableFrom(['a', 'ghost'])].sort()).toEqual(['a', 'b']);
  expect(graph.roots).toEqual(['c']);
});

test('[G4] cycles are found, also a node wired to itself, and no others', () => {
  const graph = graphOf('abcdef', 'a.out>b.in', 'b.out>c.in', 'c.out>b.in', 'd.out>d.in', 'c.out>e.in', 'a.out>e.in');
  expect(graph.cycles).toEqual([['b', 'c'], ['d']]);
});

test('[G4] two cycles that share a node are one group', () => {
  expect(graphOf('abc', 'a.out>b.in', 'b.out>a.in', 'b.out>c.in', 'c.out>b.in').cycles).toEqual([['a', 'b', 'c']]);
});

test('[G5] a chain of 20000 nodes in a circle is walked without running out of stack', () => {
  const nodes = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
  const graph = createFlowGraph({
    nodes: nodes.map((id) => ({ id, type: 'core.set', typeVersion: 1, name: id, config: {}, disabled: false, notes: '' })),
    wires: nodes.map((id, index) => ({ from: `${id}.out`, to: `n${(index + 1) % nodes.length}.in` })),
  });
  expect(graph.cycles).toEqual([nodes]);
  expect(graph.ancestorsOf('n0').size).toBe(nodes.length);
});
