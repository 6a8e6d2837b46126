import fc from 'fast-check';
import type { FlowChange } from './flow-change.ts';
import type { FlowDocument, FlowNode, RetryPolicy } from './flow-schema.ts';
import { parseFlowValue } from './parse-flow.ts';

/** Few ids and names, so that changes meet what others did, and names that need quotes or were needlessly quoted. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'g', 'h', 'constructor');
const name = fc.constantFrom('Set', 'Set 2', 'Switch', 'x`y', 'and', 'B', 'C', 'D');
const config: fc.Arbitrary<FlowNode['config']> = fc.constantFrom<FlowNode['config']>(
  {},
  { text: { $expr: '$steps.Set.x' } },
  { text: { $template: 'a {{ $steps.`Set` }} b {{ $steps.`Set 2` & $steps."B" }}' } },
  { list: [{ value: { $expr: '$steps.and' } }, 1, null], z: 1, a: { $secret: 'token' } },
  { script: 'return $steps.Set' },
);
const retry: fc.Arbitrary<RetryPolicy> = fc.record({
  times: fc.integer({ min: 1, max: 20 }),
  delayMs: fc.constantFrom(0, 1000),
  backoff: fc.constantFrom('fixed', 'exponential'),
  maxDelayMs: fc.constant(60_000),
  jitter: fc.constantFrom(0, 0.5, 1),
  on: fc.constantFrom<RetryPolicy['on']>('retryable', 'any', ['HTTP_STATUS']),
});
const node = fc
  .record(
    { id, name, config, disabled: fc.boolean(), notes: fc.constantFrom('', 'see wiki'), timeoutMs: fc.constantFrom(500, 1000), retry },
    { requiredKeys: ['id', 'name', 'config', 'disabled', 'notes'] },
  )
  .map((parts): FlowNode => ({ type: 'core.set', typeVersion: 1, ...parts, config: structuredClone(parts.config) }));
const wire = fc.tuple(id, fc.constantFrom('out', 'error'), id).map(([from, port, to]) => ({ from: `${from}.${port}`, to: `${to}.in` }));
const coordinate = fc.integer({ min: -50, max: 50 });
const point = fc.tuple(coordinate, coordinate);
const positions = fc.dictionary(
  id.filter((key) => key !== 'constructor'),
  point,
  { maxKeys: 5 },
);

const uniqueNodes = fc.uniqueArray(node, {
  maxLength: 6,
  comparator: (left, right) => left.id === right.id || left.name === right.name,
});

/** Any flow that can be parsed, those with faults included: wires drawn twice or leading nowhere, positions of no node. */
export const faultyFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    nodes: uniqueNodes,
    wires: fc.array(wire, { maxLength: 8 }),
    layout: fc.oneof(fc.constant({}), fc.record({ nodes: positions }), fc.constant({ nodes: {}, viewport: { zoom: 1 } })),
    groups: fc.constantFrom([], [{ title: 'G' }]),
  })
  .map((parts) => parseFlowValue({ format: 1, id: 'f', name: 'F', ...parts }));

/** Flows in which every wire leads somewhere and is there once, and every position is that of a node. */
export const soundFlow: fc.Arbitrary<FlowDocument> = faultyFlow.map((flow) => {
  const ids = new Set(flow.nodes.map((present) => present.id));
  const names = new Set<string>();
  const wires = flow.wires.filter(({ from, to }) => {
    const isNew = !names.has(`${from} ${to}`);
    names.add(`${from} ${to}`);
    return isNew && ids.has(from.split('.')[0] ?? '') && ids.has(to.split('.')[0] ?? '');
  });
  const { nodes } = flow.layout;
  if (nodes === undefined) return { ...flow, wires };
  return { ...flow, wires, layout: { ...flow.layout, nodes: Object.fromEntries(Object.entries(nodes).filter(([key]) => ids.has(key))) } };
});

const ids = fc.uniqueArray(id, { maxLength: 3 });
const wires = fc.array(wire, { maxLength: 3 });

/** Changes of every kind; about half of them fit a random flow. */
const { change } = fc.letrec<{ change: FlowChange }>((tie) => ({
  change: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'batch' },
    fc.record({
      kind: fc.constant('nodes-added' as const),
      nodes: uniqueNodes.map((nodes) => nodes.slice(0, 2)),
      wires,
      positions: fc.constant({}),
    }),
    node.chain(({ id: nodeId, ...rest }) =>
      fc.record({
        kind: fc.constant('nodes-added' as const),
        nodes: fc.constant([{ ...rest, id: nodeId }]),
        wires: wires.map((drawn) => drawn.map(({ to }) => ({ from: `${nodeId}.out`, to }))),
        positions: point.map((place) => ({ [nodeId]: place })),
      }),
    ),
    fc.record({ kind: fc.constant('nodes-removed' as const), nodeIds: ids }),
    fc.record({
      kind: fc.constant('nodes-moved' as const),
      positions: fc.dictionary(id, fc.option(point), { maxKeys: 2 }),
    }),
    fc.record({ kind: fc.constant('node-configured' as const), nodeId: id, config }),
    fc.record({ kind: fc.constant('node-renamed' as const), nodeId: id, name }),
    fc.record({ kind: fc.constant('nodes-disabled' as const), nodeIds: ids, disabled: fc.boolean() }),
    fc.record({ kind: fc.constant('node-noted' as const), nodeId: id, notes: fc.constantFrom('', 'why') }),
    fc.record(
      {
        kind: fc.constant('node-guarded' as const),
        nodeId: id,
        timeoutMs: fc.constantFrom(null, 1000, 2000),
        retry: fc.option(retry),
      },
      { requiredKeys: ['kind', 'nodeId'] },
    ),
    fc.record({ kind: fc.constant('wires-added' as const), wires }),
    fc.record({ kind: fc.constant('wires-removed' as const), wires }),
    fc.record(
      {
        kind: fc.constant('flow-described' as const),
        name: fc.constantFrom('F', 'G'),
        description: fc.constantFrom('', 'text'),
        settings: fc.record(
          { timeoutMs: fc.constantFrom(1000, 300_000), orderBy: fc.constantFrom(null, '$trigger.body.incident.id') },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['kind'] },
    ),
    faultyFlow.map((document): FlowChange => ({ kind: 'flow-replaced', document })),
    fc.array(tie('change'), { maxLength: 3 }).map((changes): FlowChange => ({ kind: 'batch', changes, label: 'several' })),
  ),
}));

/** Records come without a prototype at times, as no JSON does. */
export const randomChange = change.map((drawn) => structuredClone(drawn));

/** Freezes a value and all in it. */
export function freezeDeeply<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freezeDeeply(inner);
  }
  return value;
}
