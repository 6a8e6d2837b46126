import { expect, test } from 'vitest';
import { lintScopes } from './lint-scopes.ts';
import type { NodeTypeFacts } from './node-type-catalogue.ts';
import { parseFlowValue } from './parse-flow.ts';
import { listJoinedWires } from './split-scopes.ts';

const plain: NodeTypeFacts = { version: 1, inputs: { in: {} }, outputs: { out: {} }, config: {} };
const types: Readonly<Record<string, NodeTypeFacts>> = {
  source: { ...plain, inputs: {}, source: { kind: 'function' } },
  pass: plain,
  split: { ...plain, opensScope: { port: 'out' } },
  search: {
    ...plain,
    outputs: { out: {}, each: {} },
    opensScope: { port: 'each', byConfig: { field: 'output', value: 'each' } },
    config: { properties: { output: { default: 'list' } } },
  },
  join: { ...plain, joins: {} },
  result: { ...plain, completes: 'always' },
};
const catalogue = { find: (type: string) => types[type.split('.')[1] ?? ''] };

/** A flow drawn as its wires; a node's type is its name up to a number. */
function draw(wires: readonly string[], configs: Readonly<Record<string, object>> = {}, disabled: readonly string[] = []) {
  const ids = [...new Set(wires.flatMap((wire) => wire.split(' -> ').map((end) => end.split('.')[0] ?? '')))];
  return parseFlowValue({
    format: 1,
    id: 'f',
    name: 'f',
    nodes: ids.map((id) => ({
      id,
      type: `t.${id.replace(/\d+$/, '')}`,
      typeVersion: 1,
      name: id,
      config: configs[id] ?? {},
      disabled: disabled.includes(id),
    })),
    wires: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' -> ');
      return { from: from.includes('.') ? from : `${from}.out`, to: `${to}.in` };
    }),
  });
}

const problems = (...args: Parameters<typeof draw>) => lintScopes(draw(...args), catalogue).map(({ code, nodeId }) => `${code} ${nodeId}`);

test('[L13] a reply between split and join is an error at the node, behind the join it is none', () => {
  expect(problems(['source -> split', 'split -> pass', 'pass -> join', 'join -> result'])).toEqual([]);
  expect(problems(['source -> split', 'split -> result', 'result -> join'])).toEqual(['FLOW_REPLY_IN_SPLIT result']);
  expect(problems(['source -> split', 'split -> pass', 'pass -> result'])).toEqual(['FLOW_REPLY_IN_SPLIT result']);
  expect(problems(['source -> split', 'split -> pass', 'pass.error -> result', 'pass -> join'])).toEqual(['FLOW_REPLY_IN_SPLIT result']);
});

test('[L13] the split that is named is the innermost', () => {
  const document = draw(['source -> split1', 'split1 -> split2', 'split2 -> result', 'result -> join2', 'join2 -> join1']);
  expect(lintScopes(document, catalogue)).toMatchObject([{ message: expect.stringContaining('in every part of "split2"') }]);
});

test('[L14] splits and joins are paired as brackets are', () => {
  expect(
    problems(['source -> split1', 'split1 -> split2', 'split2 -> pass', 'pass -> join2', 'join2 -> join1', 'join1 -> result']),
  ).toEqual([]);
  expect(problems(['source -> split', 'split -> pass', 'pass -> pass', 'pass -> join', 'join -> split'])).toEqual([]);
});

test('[L14] a second join of a split, and a join of what was not split, are errors', () => {
  expect(problems(['source -> split', 'split -> pass', 'pass -> join1', 'pass.error -> join2'])).toEqual(['FLOW_JOIN_AMBIGUOUS split']);
  expect(problems(['source -> join', 'join -> result'])).toEqual(['FLOW_JOIN_INCOMPLETE join']);
  expect(problems(['source -> split', 'split -> join', 'source -> join'])).toEqual(['FLOW_JOIN_INCOMPLETE join']);
  expect(problems(['source -> split', 'split -> join1', 'join1 -> join2'])).toEqual(['FLOW_JOIN_INCOMPLETE join2']);
});

test('[L14] a node that splits only as it is configured does so by one of its ports', () => {
  const wires = ['source -> search', 'search.each -> pass', 'pass -> join', 'search -> result'];
  expect(problems(wires, { search: { output: 'each' } })).toEqual([]);
  expect(problems(wires)).toEqual(['FLOW_JOIN_INCOMPLETE join']);
});

test('[L14] a split or join that is disabled is none', () => {
  expect(problems(['source -> split', 'split -> pass', 'pass -> join', 'join -> result'], {}, ['split', 'join'])).toEqual([]);
  expect(problems(['source -> split', 'split -> pass', 'pass -> join', 'join -> result'], {}, ['split'])).toEqual([
    'FLOW_JOIN_INCOMPLETE join',
  ]);
});

test('[L14] circles that split again and again are looked through in the end', () => {
  expect(problems(['source -> split1', 'split1 -> split2', 'split2 -> split1', 'split2 -> join', 'join -> result'])).toContain(
    'FLOW_REPLY_IN_SPLIT result',
  );
});

test('[G2] what is joined comes from the split, not from the nodes between', () => {
  const document = draw(['source -> split', 'split -> pass', 'pass -> join', 'join -> result']);
  expect(listJoinedWires(document, catalogue)).toEqual([
    { from: 'source.out', to: 'split.in' },
    { from: 'split.out', to: 'pass.in' },
    { from: 'join.out', to: 'result.in' },
    { from: 'split.out', to: 'join.in' },
  ]);
  const plainFlow = draw(['source -> pass', 'pass -> result']);
  expect(listJoinedWires(plainFlow, catalogue)).toBe(plainFlow.wires);
});
