// Vitest's own comparison takes a key "constructor" for a class.
import { deepStrictEqual } from 'node:assert/strict';
import { WirebookError } from '@wirebook/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange } from './apply-change.ts';
import type { FlowChange } from './flow-change.ts';
import type { FlowDocument } from './flow-schema.ts';
import { flowVersionHash } from './flow-version-hash.ts';
import { invertChange } from './invert-change.ts';
import { isLayoutOnly } from './is-layout-only.ts';
import { mergeChanges } from './merge-changes.ts';
import { parseFlowValue } from './parse-flow.ts';
import { parseFlowChange } from './parse-flow-change.ts';
import { faultyFlow, freezeDeeply, randomChange, soundFlow } from './random-flows.stand-in.ts';
import { serializeFlow } from './serialize-flow.ts';

/** The flow afterwards, or undefined when the change does not fit. */
function tryChange(flow: FlowDocument, change: FlowChange): FlowDocument | undefined {
  try {
    return applyChange(flow, change);
  } catch (thrown) {
    if (thrown instanceof WirebookError && thrown.code.startsWith('FLOW_CHANGE_')) return undefined;
    throw thrown;
  }
}

const changes = fc.array(randomChange, { minLength: 25, maxLength: 60 });

test('[U1] undoing any row of changes, the last first, gives the identical flow', () => {
  let applied = 0;
  let whole = 0;
  fc.assert(
    fc.property(fc.oneof(soundFlow, faultyFlow), changes, (flow, row) => {
      freezeDeeply(flow);
      const done: { before: FlowDocument; inverse: FlowChange }[] = [];
      let present = flow;
      for (const change of freezeDeeply(row)) {
        const after = tryChange(present, change);
        if (after === undefined) continue;
        const inverse = freezeDeeply(invertChange(present, change));
        done.push({ before: present, inverse });
        present = freezeDeeply(after);
        applied += 1;
        if (inverse.kind === 'flow-replaced' && change.kind !== 'flow-replaced') whole += 1;
      }
      for (const { before, inverse } of done.reverse()) {
        present = freezeDeeply(applyChange(present, inverse));
        deepStrictEqual(present, before);
        expect(serializeFlow(present)).toBe(serializeFlow(before));
      }
    }),
    { numRuns: 300 },
  );
  expect(applied).toBeGreaterThan(2000);
  // Some flows have faults that only the whole document brings back.
  expect(whole).toBeGreaterThan(0);
});

test('[U1] an inverse can be undone in turn, and that does the change again', () => {
  fc.assert(
    fc.property(soundFlow, randomChange, (flow, change) => {
      const after = tryChange(flow, change);
      if (after === undefined) return;
      const inverse = invertChange(flow, change);
      deepStrictEqual(applyChange(applyChange(after, inverse), invertChange(after, inverse)), after);
    }),
    { numRuns: 1000 },
  );
});

test('[U2] the inverse of a change to a flow without faults is never the whole document', () => {
  fc.assert(
    fc.property(soundFlow, randomChange, (flow, change) => {
      if (JSON.stringify(change).includes('flow-replaced') || tryChange(flow, change) === undefined) return;
      expect(JSON.stringify(invertChange(flow, change))).not.toContain('flow-replaced');
    }),
    { numRuns: 2000 },
  );
});

test('[U2] an inverse fits beside the changes of others', () => {
  const node = (id: string) => ({ id, type: 'core.set', typeVersion: 1, name: id, config: {} });
  const flow = parseFlowValue({
    format: 1,
    id: 'f',
    name: 'F',
    nodes: [node('a'), node('b'), node('c')],
    wires: [{ from: 'a.out', to: 'b.in' }],
  });
  const removal: FlowChange = { kind: 'nodes-removed', nodeIds: ['b'] };
  const inverse = invertChange(flow, removal);
  const others = applyChange(applyChange(flow, removal), { kind: 'node-configured', nodeId: 'c', config: { x: 1 } });
  expect(applyChange(others, inverse)).toEqual({ ...flow, nodes: [flow.nodes[0], flow.nodes[1], { ...flow.nodes[2], config: { x: 1 } }] });
});

test('[A1] untouched nodes, wires and positions stay the same objects after any change', () => {
  fc.assert(
    fc.property(faultyFlow, randomChange, (flow, change) => {
      freezeDeeply(flow);
      if (JSON.stringify(change).includes('flow-replaced')) return;
      const after = tryChange(flow, freezeDeeply(change));
      if (after === undefined) return;
      const before = new Set<unknown>([...flow.nodes, ...flow.wires]);
      const texts = new Set([...before].map((item) => JSON.stringify(item)));
      const copied = [...after.nodes, ...after.wires].filter((item) => texts.has(JSON.stringify(item)) && !before.has(item));
      // Equal to one that was there but another object: only when the change itself brought or made it so.
      if (change.kind !== 'batch' && change.kind !== 'nodes-added' && change.kind !== 'wires-added') expect(copied).toEqual([]);
      expect(Object.keys(after)).toEqual(Object.keys(flow));
      if (JSON.stringify(after) === JSON.stringify(flow) && change.kind !== 'batch') expect(after).toBe(flow);
    }),
    { numRuns: 2000 },
  );
});

test('[A2] a valid flow is valid after any change that fits', () => {
  fc.assert(
    fc.property(faultyFlow, randomChange, (flow, change) => {
      const after = tryChange(flow, change);
      if (after === undefined) return;
      deepStrictEqual(parseFlowValue(structuredClone(after)), after);
    }),
    { numRuns: 1000 },
  );
});

test('[P4] every change and every inverse reads back as the same', () => {
  fc.assert(
    fc.property(faultyFlow, randomChange, (flow, change) => {
      if (tryChange(flow, change) === undefined) return;
      for (const sent of [change, invertChange(flow, change)]) {
        deepStrictEqual(parseFlowChange(JSON.parse(JSON.stringify(sent))), sent);
      }
    }),
    { numRuns: 1000 },
  );
});

test('[U3] a merged change does what the two did, and the merged inverses undo both', () => {
  let merged = 0;
  const similar = randomChange.filter((change) => /node-|nodes-moved|flow-described/.test(change.kind));
  const pair = fc.tuple(similar, similar).map(([previous, next]): [FlowChange, FlowChange] => {
    // Half of all pairs concern the same node, or they would seldom merge.
    if ('nodeId' in previous && 'nodeId' in next) return [previous, { ...next, nodeId: previous.nodeId }];
    return [previous, next];
  });
  fc.assert(
    fc.property(soundFlow, pair, (flow, [previous, next]) => {
      const between = tryChange(flow, previous);
      const after = between === undefined ? undefined : tryChange(between, next);
      const both = mergeChanges(previous, next);
      if (between === undefined || after === undefined || both === null) return;
      merged += 1;
      const inverses: [FlowChange, FlowChange] = [invertChange(between, next), invertChange(flow, previous)];
      const undo = mergeChanges(...inverses) ?? { kind: 'batch', changes: inverses };
      deepStrictEqual(applyChange(after, undo), flow);
      // A rename may have met expressions that named the name in between.
      if (next.kind !== 'node-renamed') deepStrictEqual(applyChange(flow, both), after);
    }),
    { numRuns: 4000 },
  );
  expect(merged).toBeGreaterThan(100);
});

const configured = (nodeId: string): FlowChange => ({ kind: 'node-configured', nodeId, config: {} });
const moved = (...nodeIds: string[]): FlowChange => ({
  kind: 'nodes-moved',
  positions: Object.fromEntries(nodeIds.map((nodeId) => [nodeId, [1, 2]])),
});

test.each<[FlowChange, FlowChange, boolean]>([
  [configured('a'), configured('a'), true],
  [configured('a'), configured('b'), false],
  [moved('a', 'b'), moved('b', 'a'), true],
  [moved('a', 'b'), moved('a'), false],
  [{ kind: 'node-renamed', nodeId: 'a', name: 'S' }, { kind: 'node-renamed', nodeId: 'a', name: 'Se' }, true],
  [{ kind: 'node-renamed', nodeId: 'a', name: 'S' }, configured('a'), false],
  [{ kind: 'flow-described', name: 'a' }, { kind: 'flow-described', name: 'ab' }, true],
  [{ kind: 'flow-described', name: 'a' }, { kind: 'flow-described', description: 'b' }, false],
  [{ kind: 'flow-described', settings: { timeoutMs: 100 } }, { kind: 'flow-described', settings: { hopLimit: 5 } }, false],
  [{ kind: 'nodes-removed', nodeIds: ['a'] }, { kind: 'nodes-removed', nodeIds: ['b'] }, false],
  [{ kind: 'batch', changes: [] }, { kind: 'batch', changes: [] }, false],
])('[U3] %j and %j merge: %j', (previous, next, isMerged) => {
  expect(mergeChanges(previous, next)).toEqual(isMerged ? next : null);
});

test('[U4] a change that is layout only leaves the version hash', () => {
  let counted = 0;
  fc.assert(
    fc.property(soundFlow, randomChange, (flow, change) => {
      const after = tryChange(flow, change);
      if (after === undefined || !isLayoutOnly(change)) return;
      counted += 1;
      expect(flowVersionHash(after)).toBe(flowVersionHash(flow));
    }),
    { numRuns: 2000 },
  );
  expect(counted).toBeGreaterThan(50);
  expect(isLayoutOnly({ kind: 'batch', changes: [moved('a'), configured('a')] })).toBe(false);
  expect(isLayoutOnly({ kind: 'flow-described', settings: { timeoutMs: 100 } })).toBe(false);
});
