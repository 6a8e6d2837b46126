import { expect, test } from 'vitest';
import { testNodeTypes } from '../state/node-types.stand-in.ts';
import { testFlow, testNode } from './open-flow.stand-in.ts';
import { searchFlow } from './search-flow.ts';

test('[C25] words are found in names, types, notes and in any text of a config, and the place is told', () => {
  const document = testFlow({
    nodes: [
      testNode('a', 'test.source', { name: 'Begin here' }),
      testNode('b', 'test.step', { config: { fields: [{ value: { $expr: 'incident.name' } }] } }),
      testNode('c', 'test.end', { notes: 'Ask Dana' }),
    ],
    wires: [],
  });
  const find = (typed: string) => searchFlow(document, testNodeTypes, typed).map(({ nodeId, where }) => `${nodeId} ${where}`);
  expect(find('begin')).toEqual(['a Source']);
  expect(find('TEST.END')).toEqual(['c End']);
  expect(find('incident.na')).toEqual(['b fields[0].value.$expr: incident.name']);
  expect(find('dana')).toEqual(['c notes: Ask Dana']);
  expect(find('')).toHaveLength(3);
  expect(find('nothing of it')).toEqual([]);
});
