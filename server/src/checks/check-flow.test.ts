import { WirebookError } from '@wirebook/errors';
import { type FlowDocumentInput, parseFlowValue } from '@wirebook/flow';
import { expect, test } from 'vitest';
import type { KnownNames } from '../platform/platform-book.ts';
import { createFlowCheck } from './check-flow.ts';

const names: KnownNames = {
  connections: new Set(['resilient']),
  functions: new Set(['lookup_model_by_id', 'triage_report', 'find_user', 'block_address']),
  destinations: new Set(['ticket_desk']),
  rules: new Set(['Create Ticket', 'Page the Branch']),
  tables: new Map([['ticket_log', new Set(['ticket', 'priority'])]]),
  fields: new Map([['incident', new Set(['name', 'analyst_summary'])]]),
  secrets: new Set(),
};

type NodeInput = FlowDocumentInput['nodes'][number];
const node = (id: string, type: string, config: NodeInput['config'], rest: Partial<NodeInput> = {}): NodeInput => ({
  id,
  type,
  typeVersion: 1,
  name: `Node ${id}`,
  config,
  ...rest,
});
const chain = (...nodes: NodeInput[]) =>
  parseFlowValue({
    format: 1,
    id: 'f',
    name: 'F',
    nodes,
    wires: nodes.slice(1).map(({ id }, index) => ({ from: `${nodes[index]?.id}.out`, to: `${id}.in` })),
  });

const check = createFlowCheck({
  findNames: () => names,
  openSecrets: async () => (name) => {
    if (name === 'broken') throw new WirebookError('CONFIG_SECRET_UNRESOLVED', '[secrets] broken refers to $GONE, which is not set');
    return name === 'known' ? 'x' : undefined;
  },
});
const foundIn = async (...nodes: NodeInput[]) =>
  (await check(chain(...nodes))).map(({ code, severity, nodeId, field }) => [code, severity, nodeId, field]);

test('[Q7] names that the organisation does not have are warnings at their field, with the nearest ones', async () => {
  const problems = await check(chain(node('s', 'soar.function', { function: 'lookup_model_by_di' }), node('r', 'soar.result', {})));
  expect(problems).toMatchObject([{ code: 'SOAR_FUNCTION_UNKNOWN', severity: 'warning', nodeId: 's', field: 'function' }]);
  expect(problems[0]?.message).toMatch(/no function "lookup_model_by_di"; nearest are "lookup_model_by_id", /);
});

test('[Q7] destinations, rules, tables, columns and fields are looked at, lists item by item', async () => {
  const incidentId = 1;
  expect(
    await foundIn(
      node('s', 'soar.destination', { destination: 'ticket_disk', rules: ['Create Ticket', 'Create Tickets'] }),
      node('t', 'soar.table-row', { incidentId, table: 'ticket_lag', cells: [{ column: 'any', value: 1 }] }),
      node('c', 'soar.table-row', {
        incidentId,
        table: 'ticket_log',
        cells: [
          { column: 'ticket', value: 1 },
          { column: 'tocket', value: 1 },
        ],
      }),
      node('f', 'soar.incident-update', {
        incidentId,
        fields: [
          { field: 'properties.analyst_summary', value: 'x' },
          { field: 'nome', value: 'x' },
        ],
      }),
      node('a', 'soar.ack', {}),
    ),
  ).toEqual([
    ['SOAR_DESTINATION_UNKNOWN', 'warning', 's', 'destination'],
    ['SOAR_RULE_UNKNOWN', 'warning', 's', 'rules[1]'],
    ['SOAR_TABLE_UNKNOWN', 'warning', 't', 'table'],
    ['SOAR_FIELD_UNKNOWN', 'warning', 'c', 'cells[1].column'],
    ['SOAR_FIELD_UNKNOWN', 'warning', 'f', 'fields[1].field'],
  ]);
});

test('[Q7] a connection that app.config does not have is an error, as the engine would refuse it', async () => {
  const flowOf = (connection: string) =>
    chain(node('s', 'soar.function', { function: 'find_user', connection }), node('r', 'soar.result', {}));
  expect(await check(flowOf('resilent'))).toMatchObject([
    {
      code: 'SOAR_CONNECTION_UNKNOWN',
      severity: 'error',
      nodeId: 's',
      field: 'connection',
      message: 'node "Node s": the configuration (app.config) has no connection "resilent"; there is "resilient"',
    },
  ]);
  expect([await check(flowOf('resilient')), await check(flowOf(''))]).toEqual([[], []]);
});

test('[Q7] a disabled node, and an organisation that was not read, are not looked at', async () => {
  const wrong = node('s', 'soar.function', { function: 'nope' });
  const flow = chain(node('g', 'soar.function', { function: 'find_user' }), node('r', 'soar.result', {}));
  expect(
    await check({ ...flow, nodes: [...flow.nodes, { ...chain(wrong).nodes[0], disabled: true } as (typeof flow.nodes)[number]] }),
  ).toEqual([]);
  const blind = createFlowCheck({ findNames: () => null, openSecrets: async () => () => 'x' });
  expect(await blind(chain(wrong, node('r', 'soar.result', {})))).toEqual([]);
});

test('[Q7] lint rules and expressions are in the same list', async () => {
  expect(
    await foundIn(
      node('s', 'soar.function', { function: 'find_user' }),
      node('r', 'soar.result', { results: { $expr: 'a +' } }),
      node('r2', 'soar.result', {}),
    ),
  ).toEqual(
    expect.arrayContaining([
      ['FLOW_REPLY_TWICE', 'warning', 'r', undefined],
      ['FLOW_EXPRESSION_INVALID', 'error', 'r', 'results'],
    ]),
  );
});

test('[Q8] a secret that does not resolve is a warning at the field that names it', async () => {
  const problems = await check(
    chain(
      node('s', 'soar.function', { function: 'find_user' }),
      node('d', 'core.debug', { value: { a: [{ $secret: 'known' }, { $secret: 'absent' }], b: { $secret: 'broken' } } }),
      node('r', 'soar.result', {}),
    ),
  );
  expect(problems.map(({ code, field, message }) => [code, field, message])).toEqual([
    ['CONFIG_SECRET_UNRESOLVED', 'value.a[1]', 'node "Node d": there is no secret "absent"; add it to [secrets] of app.config'],
    ['CONFIG_SECRET_UNRESOLVED', 'value.b', 'node "Node d": [secrets] broken refers to $GONE, which is not set'],
  ]);
});

test('[Q7] an order that does not compile is an error of the flow, at its setting', async () => {
  const flow = chain(node('s', 'soar.function', { function: 'find_user' }), node('r', 'soar.result', {}));
  const withOrder = (orderBy: string | null) => check({ ...flow, settings: { ...flow.settings, orderBy } });
  const [problem, ...others] = await withOrder('$trigger.(');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'FLOW_EXPRESSION_INVALID', severity: 'error', field: 'settings.orderBy' });
  expect(problem?.nodeId).toBeUndefined();
  expect(problem?.message).toMatch(/^setting "orderBy": expression /);
  expect(await withOrder('$trigger.body.incident.id')).toEqual([]);
  expect(await withOrder('$steps.Elsewhere')).toMatchObject([{ field: 'settings.orderBy' }]);
  expect(await withOrder(' ')).toEqual([]);
});

test('[Q7] keys of a source that do not compile are errors at their field', async () => {
  const source = node('s', 'soar.function', { function: 'find_user', wait: 'debounce', waitKey: 'a ~', dedupeKey: 'a' });
  expect(await foundIn(source, node('r', 'soar.result', {}))).toEqual([['FLOW_EXPRESSION_INVALID', 'error', 's', 'waitKey']]);
});
