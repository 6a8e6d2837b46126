import { expect, test } from 'vitest';
import type { FlowDocument } from './flow-schema.ts';
import { flowVersionHash } from './flow-version-hash.ts';
import { parseFlow, parseFlowValue } from './parse-flow.ts';
import { serializeFlow } from './serialize-flow.ts';

const flow = parseFlowValue({
  layout: { viewport: { zoom: 1 }, nodes: { n2: [300, 80.5], n1: [120, 80] } },
  wires: [{ to: 'n2.in', from: 'n1.out' }],
  nodes: [
    { name: 'Ask', id: 'n1', config: { z: 'é\n', a: { $expr: 'x' }, list: ['p', 'q'] }, type: 'soar.function', typeVersion: 1 },
    { id: 'n2', type: 'core.set', typeVersion: 2, name: 'Set', config: {}, disabled: true, notes: 'why' },
  ],
  name: 'Lookup model',
  id: 'lookup-model',
  format: 1,
});

test('[S1] the text has keys in a fixed order, two spaces, plain lists on one line, and the layout last', () => {
  expect(serializeFlow(flow)).toMatchInlineSnapshot(`
    "{
      "format": 1,
      "id": "lookup-model",
      "name": "Lookup model",
      "description": "",
      "settings": {
        "concurrency": 10,
        "timeoutMs": 300000,
        "stepTimeoutMs": 120000,
        "hopLimit": 1000,
        "orderBy": null
      },
      "nodes": [
        {
          "id": "n1",
          "type": "soar.function",
          "typeVersion": 1,
          "name": "Ask",
          "config": {
            "a": {
              "$expr": "x"
            },
            "list": ["p", "q"],
            "z": "é\\n"
          },
          "disabled": false,
          "notes": ""
        },
        {
          "id": "n2",
          "type": "core.set",
          "typeVersion": 2,
          "name": "Set",
          "config": {},
          "disabled": true,
          "notes": "why"
        }
      ],
      "wires": [
        {
          "from": "n1.out",
          "to": "n2.in"
        }
      ],
      "groups": [],
      "tests": [],
      "layout": {
        "nodes": {
          "n1": [120, 80],
          "n2": [300, 80.5]
        },
        "viewport": {
          "zoom": 1
        }
      }
    }
    "
  `);
});

test('[S2] equal flows give equal texts, whatever the order of their keys', () => {
  expect(serializeFlow(parseFlow(JSON.stringify(reverseKeys(flow))))).toBe(serializeFlow(flow));
});

test('[S3] what is written reads back as the same flow, for 300 made-up flows', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const made = parseFlowValue(makeFlow(seed));
    const text = serializeFlow(made);
    expect(parseFlow(text), `seed ${seed}`).toEqual(made);
    expect(serializeFlow(parseFlow(text)), `seed ${seed}`).toBe(text);
  }
});

test('[V1] the version hash stays when only layout, notes, texts for people or the order of keys change', () => {
  const hash = flowVersionHash(flow);
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  const other = parseFlowValue({
    ...flow,
    name: 'Other',
    description: 'text',
    layout: {},
    groups: [{ a: 1 }],
    nodes: flow.nodes.map((node) => ({ ...node, notes: `${node.notes}!` })),
  });
  expect(flowVersionHash(other)).toBe(hash);
  expect(flowVersionHash(parseFlow(JSON.stringify(reverseKeys(flow))))).toBe(hash);
});

test('[V2] the version hash changes with any behaviour', () => {
  const retry = { times: 3, delayMs: 0, backoff: 'fixed', maxDelayMs: 0, jitter: 0, on: 'any' } as const;
  const [first, ...rest] = flow.nodes;
  const changed: FlowDocument[] = [
    { ...flow, settings: { ...flow.settings, concurrency: 11 } },
    { ...flow, wires: [] },
    { ...flow, nodes: rest },
    ...(first === undefined
      ? []
      : [{ name: 'Asked' }, { disabled: true }, { typeVersion: 2 }, { timeoutMs: 5000 }, { retry }, { config: { ...first.config, z: 'e' } }]
    ).map((change): FlowDocument => ({ ...flow, nodes: [{ ...parseNode(flow), ...change }, ...rest] })),
  ];
  const hashes = [flow, ...changed].map(flowVersionHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('[V2] 20000 versions that differ in one number have 20000 hashes', () => {
  const hashes = Array.from({ length: 20_000 }, (_, n) => flowVersionHash({ ...flow, nodes: [{ ...parseNode(flow), config: { n } }] }));
  expect(new Set(hashes).size).toBe(hashes.length);
});

function parseNode({ nodes: [node] }: FlowDocument): FlowDocument['nodes'][number] {
  if (node === undefined) throw new Error('the flow has no node');
  return node;
}

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}

/** A flow that depends on the seed only. */
function makeFlow(seed: number): object {
  let state = seed * 2654435761;
  const next = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return (state >>> 0) % below;
  };
  const texts = ['', 'a', 'é😀', '"quoted"', 'line\nend', '\\', '\u0000', '\u2028', '{{ $expr }}', 'x'.repeat(90)];
  const makeValue = (depth: number): unknown => {
    const kind = next(depth > 3 ? 5 : 7);
    if (kind === 0) return null;
    if (kind === 1) return next(2) === 0;
    if (kind === 2) return (next(2000) - 1000) / 8;
    if (kind <= 4) return texts[next(texts.length)];
    if (kind === 5) return Array.from({ length: next(4) }, () => makeValue(depth + 1));
    return Object.fromEntries(
      Array.from({ length: next(4) }, (_, index) => [`${texts[next(texts.length)]}${index}`, makeValue(depth + 1)]),
    );
  };
  const nodes = Array.from({ length: next(6) }, (_, index) => ({
    id: `n${index}`,
    type: 'core.set',
    typeVersion: 1 + next(3),
    name: `${texts[next(texts.length)]}${index}`,
    config: { v: makeValue(0), [`k${next(9)}`]: makeValue(0) },
    ...(next(2) === 0 ? { disabled: next(2) === 0, notes: texts[next(texts.length)] } : {}),
  }));
  const wires = nodes.map(({ id }) => ({ from: `${id}.out`, to: `n${next(6)}.in` }));
  const layout = { nodes: Object.fromEntries(nodes.map(({ id }) => [id, [next(999), next(999) / 3]])), extra: makeValue(1) };
  return { format: 1, id: `f${seed}`, name: 'Made up', nodes, wires, layout, tests: [{ t: makeValue(0) }] };
}
