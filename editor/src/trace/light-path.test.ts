import { expect, test } from 'vitest';
import { findLitPath } from './light-path.ts';
import { makeEmission, makeStep } from './run-view.stand-in.ts';

const node = (id: string) => ({ id, type: 'a.b', typeVersion: 1, name: id, config: {}, disabled: false, notes: '' });
const document = {
  nodes: ['a', 'b', 'c', 'd'].map(node),
  wires: [
    { from: 'a.yes', to: 'b.in' },
    { from: 'a.no', to: 'b.in' },
    { from: 'a.no', to: 'c.in' },
    { from: 'b.error', to: 'd.in' },
  ],
};

test('[T9] lit are the nodes that ran and the wires that a message passed; the rest of a run that is over was skipped', () => {
  const steps = [
    makeStep({ stepId: 1, nodeId: 'a', emissions: [makeEmission('yes', 1010)] }),
    makeStep({ stepId: 2, nodeId: 'b', parentStepId: 1, status: 'failed' }),
    makeStep({ stepId: 3, nodeId: 'd', parentStepId: 2 }),
  ];
  const { nodeStates, litWires } = findLitPath({ steps, status: 'failed' }, document);
  expect(Object.fromEntries(nodeStates)).toEqual({ a: 'ok', b: 'failed', d: 'ok', c: 'skipped' });
  expect([...litWires]).toEqual(['a.yes>b.in', 'b.error>d.in']);
});

test('[T9] in a run that goes on nothing is skipped yet', () => {
  const steps = [makeStep({ stepId: 1, nodeId: 'a', status: 'running', endedAtMs: null })];
  expect(Object.fromEntries(findLitPath({ steps, status: 'running' }, document).nodeStates)).toEqual({ a: 'running' });
});

test('[T9] a node that ran many times shows its worst', () => {
  const steps = [makeStep({ stepId: 1, nodeId: 'a', status: 'failed' }), makeStep({ stepId: 2, nodeId: 'a' })];
  expect(findLitPath({ steps, status: 'succeeded' }, document).nodeStates.get('a')).toBe('failed');
});

test('[T9] steps of different attempts with the same number do not mix', () => {
  const steps = [
    makeStep({ attempt: 1, stepId: 1, nodeId: 'a', emissions: [makeEmission('no', 1001)] }),
    makeStep({ attempt: 2, stepId: 1, nodeId: 'a', emissions: [makeEmission('yes', 1001)] }),
    makeStep({ attempt: 2, stepId: 2, nodeId: 'b', parentStepId: 1 }),
  ];
  expect([...findLitPath({ steps, status: 'succeeded' }, document).litWires]).toEqual(['a.yes>b.in']);
});

test('[T9] wires into a join are lit where a part left by them, though the step follows from the split', () => {
  const steps = [
    makeStep({ stepId: 1, nodeId: 'a', emissions: [makeEmission('yes', 1001), makeEmission('yes', 1001)] }),
    makeStep({ stepId: 2, nodeId: 'b', parentStepId: 1, status: 'failed' }),
    makeStep({ stepId: 3, nodeId: 'c', parentStepId: 1, emissions: [makeEmission('out', 1002)] }),
    makeStep({ stepId: 4, nodeId: 'd', parentStepId: 1, input: { value: [], sizeBytes: 2, truncated: false } }),
  ];
  const wires = [...document.wires, { from: 'c.out', to: 'd.in' }, { from: 'b.out', to: 'd.in' }];
  expect([...findLitPath({ steps, status: 'succeeded' }, { nodes: document.nodes, wires }).litWires]).toEqual([
    'a.yes>b.in',
    'b.error>d.in',
    'c.out>d.in',
  ]);
});
