import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { parseFlowChange } from './parse-flow-change.ts';

function refusalOf(value: unknown): string {
  try {
    parseFlowChange(value);
  } catch (thrown) {
    if (thrown instanceof WirebookError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return 'none';
}

const node = { id: 'a', type: 'core.set', typeVersion: 1, name: 'A', config: {} };

test('[P1] defaults of nodes are filled in, and the value stays as it was', () => {
  const value = { kind: 'nodes-added', nodes: [node], wires: [], positions: { a: [1, 2.5] } };
  const before = structuredClone(value);
  expect(parseFlowChange(value)).toEqual({ ...value, nodes: [{ ...node, disabled: false, notes: '' }] });
  expect(value).toEqual(before);
});

test('[P1] settings that are not given stay away', () => {
  expect(parseFlowChange({ kind: 'flow-described', settings: { timeoutMs: 500 } })).toEqual({
    kind: 'flow-described',
    settings: { timeoutMs: 500 },
  });
});

test('[P1] a change in a batch and a document are read too', () => {
  const document = { format: 1, id: 'f', name: 'F', nodes: [], wires: [] };
  const change = parseFlowChange({
    kind: 'batch',
    changes: [
      { kind: 'nodes-added', nodes: [node], wires: [], positions: {} },
      { kind: 'flow-replaced', document },
    ],
  });
  expect(change).toMatchObject({ changes: [{ nodes: [{ disabled: false }] }, { document: { settings: { hopLimit: 1000 }, tests: [] } }] });
});

test.each<[unknown, string]>([
  [null, 'FLOW_CHANGE_INVALID a change is a JSON object with a "kind", got null'],
  [[], 'FLOW_CHANGE_INVALID a change is a JSON object with a "kind", got []'],
  [
    { kind: 'toString' },
    'FLOW_CHANGE_INVALID there is no change of kind "toString"; there are nodes-added, nodes-removed, nodes-moved, node-configured, node-renamed, nodes-disabled, node-noted, node-guarded, wires-added, wires-removed, flow-described, flow-replaced, batch',
  ],
  [{ kind: 'node-noted', nodeId: 'a' }, 'FLOW_CHANGE_INVALID node-noted: field "notes" is missing'],
  [
    { kind: 'node-noted', nodeId: 'a b', notes: '' },
    'FLOW_CHANGE_INVALID node-noted: field "nodeId" may hold only letters, digits, "_" and "-", got "a b"',
  ],
  [{ kind: 'node-renamed', nodeId: 'a', name: '' }, 'FLOW_CHANGE_INVALID node-renamed: field "name" must not be empty'],
  [{ kind: 'node-configured', nodeId: 'a', config: [] }, 'FLOW_CHANGE_INVALID node-configured: field "config" must be an object, got []'],
  [{ kind: 'nodes-moved', positions: { a: [1] } }, 'FLOW_CHANGE_INVALID nodes-moved: field "positions.a" must have 2 items, it has 1'],
  [{ kind: 'nodes-moved', positions: { a: 'x' } }, 'FLOW_CHANGE_INVALID nodes-moved: field "positions.a" must be a list or null, got "x"'],
  [
    { kind: 'wires-added', wires: [{ from: 'a', to: 'b.in' }] },
    'FLOW_CHANGE_INVALID wires-added: wire number 1 (a -> b.in): field "from" must be node and port like "n1.out", got "a"',
  ],
  [
    { kind: 'nodes-added', nodes: [{ ...node, typeVersion: 0 }], wires: [], positions: {} },
    'FLOW_CHANGE_INVALID nodes-added: node "a" (core.set): field "typeVersion" must be at least 1, got 0',
  ],
  [{ kind: 'wires-removed', wires: [], at: [] }, 'FLOW_CHANGE_INVALID wires-removed: field "at" is not known here; known are kind, wires'],
  [
    { kind: 'flow-described', settings: { hopLimit: 0 } },
    'FLOW_CHANGE_INVALID flow-described: field "settings.hopLimit" must be at least 1, got 0',
  ],
  [
    {
      kind: 'batch',
      changes: [
        { kind: 'nodes-removed', nodeIds: [] },
        { kind: 'batch', changes: [{ kind: 'nodes-removed', nodeIds: [7] }] },
      ],
    },
    'FLOW_CHANGE_INVALID change 2 of 2: change 1 of 1: nodes-removed: field "nodeIds[0]" must be text, got 7',
  ],
  [{ kind: 'batch', changes: [7] }, 'FLOW_CHANGE_INVALID change 1 of 1: a change is a JSON object with a "kind", got 7'],
  [{ kind: 'batch', changes: {} }, 'FLOW_CHANGE_INVALID batch: field "changes" must be a list, got {}'],
  [
    { kind: 'flow-replaced', document: { format: 9 } },
    'FLOW_FORMAT_UNSUPPORTED the flow has format 9, this Wirebook reads formats up to 1',
  ],
  [
    { kind: 'flow-replaced', document: { format: 1, id: 'f', name: 'F', nodes: [node, { ...node, id: 'b' }], wires: [] } },
    'FLOW_NODE_DUPLICATE node "b": its name "A" is also that of node "a"; expressions find nodes by name',
  ],
])('[P2] %j is refused', (value, message) => {
  expect(refusalOf(value)).toBe(message);
});

test.each([
  '{"kind":"node-configured","nodeId":"a","config":{"x":{"__proto__":{"y":1}}}}',
  '{"kind":"nodes-moved","positions":{"constructor":[1,2]}}',
  '{"kind":"batch","changes":[{"kind":"node-configured","nodeId":"a","config":{"prototype":1}}]}',
])('[P3] %s is refused for its key', (text) => {
  expect(refusalOf(JSON.parse(text))).toMatch(/^FLOW_CHANGE_INVALID .*: the key "\w+" is not allowed/);
});

test('[P3] batches nest 10 deep and no deeper', () => {
  const nest = (depth: number): object => ({ kind: 'batch', changes: depth === 1 ? [] : [nest(depth - 1)] });
  expect(refusalOf(nest(10))).toBe('none');
  expect(refusalOf(nest(11))).toMatch(/^FLOW_CHANGE_INVALID .*batches are nested more than 10 deep$/);
});

test('[P3] a change may be large but not of any size', () => {
  const notes = (length: number) => ({ kind: 'node-noted', nodeId: 'a', notes: 'x'.repeat(length) });
  expect(refusalOf(notes(15_000_000))).toBe('none');
  expect(refusalOf(notes(16_000_001))).toBe('FLOW_CHANGE_TOO_LARGE the change has more than 16000000 characters');
  expect(refusalOf({ kind: 'nodes-removed', nodeIds: Array.from({ length: 20_001 }, (_, index) => `n${index}`) })).toBe(
    'FLOW_CHANGE_INVALID nodes-removed: field "nodeIds" must have at most 20000 items, it has 20001',
  );
});
