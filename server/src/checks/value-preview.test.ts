import type { PlatformView } from '@wirebook/api';
import { createSystemClock } from '@wirebook/engine';
import type { JsonValue } from '@wirebook/errors';
import { createFunctionTrigger } from '@wirebook/testkit';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { RecordedStep } from '../runs/trace-queries.ts';
import { createValuePreviews, type ValuePreviewsOptions } from './value-preview.ts';

const head = {
  runId: 'r7',
  flowId: 'f',
  flowName: 'F',
  flowVersion: 'v',
  triggerKind: 'function',
  destination: 'actions.201.fn',
  messageId: 'm',
  correlationId: null,
  triggerName: 'lookup',
  incidentId: null,
  startedAtMs: 1000,
} as const;

const document = {
  format: 1,
  id: 'f',
  name: 'F',
  nodes: [
    { id: 'source', type: 'soar.function', typeVersion: 1, name: 'Call', config: { function: 'lookup' } },
    { id: 'set', type: 'core.set', typeVersion: 1, name: 'Prepare', config: {} },
    { id: 'new', type: 'core.set', typeVersion: 1, name: 'Fresh', config: {} },
    { id: 'alone', type: 'core.set', typeVersion: 1, name: 'Alone', config: {} },
  ],
  wires: [
    { from: 'source.out', to: 'set.in' },
    { from: 'set.out', to: 'new.in' },
  ],
};

const field = { id: 1, prefix: null, required: null, values: [] } as const;
const platform: PlatformView = {
  connection: 'resilient',
  orgId: 201,
  fetchedAtMs: 0,
  functions: [
    {
      name: 'lookup',
      label: 'Lookup',
      description: '',
      destination: 'fn',
      inputs: [
        { ...field, name: 'model_id', label: 'Model id', inputType: 'text' },
        { ...field, name: 'count', label: 'Count', inputType: 'number' },
        {
          ...field,
          name: 'channel',
          label: 'Channel',
          inputType: 'select',
          values: [
            { value: 1, label: 'Off', isEnabled: false },
            { value: 2, label: 'Mail', isEnabled: true },
          ],
        },
      ],
    },
  ],
  destinations: [],
  rules: [{ id: 9, name: 'Create Ticket', objectType: 'artifact', kind: 'menu-item', destinations: ['desk'], isEnabled: true }],
  tables: [],
  fields: {
    incident: [
      { ...field, name: 'name', label: 'Name', inputType: 'text' },
      { ...field, name: 'summary', label: 'Summary', inputType: 'textarea', prefix: 'properties' },
    ],
    artifact: [{ ...field, name: 'value', label: 'Value', inputType: 'textarea' }],
    actioninvocation: [{ ...field, name: 'priority', label: 'Priority', inputType: 'select' }],
  },
  secretNames: [],
  folderNames: ['reports'],
};

let recorded: Record<string, RecordedStep>;
let platformNow: PlatformView | null;

const options: ValuePreviewsOptions = {
  traces: {
    findHead: async (runId) => (runId === head.runId ? head : null),
    findNewestOf: async ({ nodeId }) => (Object.hasOwn(recorded, nodeId) ? head : null),
    getRecorded: async ({ nodeId }) => recorded[nodeId] ?? null,
  },
  versions: { findNumber: () => null, findDocument: () => null, findTargets: () => null },
  findPlatform: () => platformNow,
  clock: createSystemClock(),
};
const previews = createValuePreviews(options);
const preview = (nodeId: string, value: JsonValue, runId?: string) =>
  previews.preview({ document, nodeId, value, ...(runId === undefined ? {} : { runId }) });

const trigger = createFunctionTrigger({ model_id: 'T-800' });
const whole = (value: JsonValue) => ({ value, isTruncated: false });

beforeEach(() => {
  platformNow = platform;
  recorded = {
    set: {
      head,
      attempt: 1,
      stepId: 2,
      atMs: 1500,
      input: whole({ model: 'T-800', list: [1, 2] }),
      outputs: { out: whole({ made: true }) },
      trigger,
      steps: { source: { first: 1 } },
    },
  };
});
afterAll(() => previews.close());

test('[Q9] a value is evaluated on the last recorded message of its node, with inputs and earlier steps', async () => {
  const source = { runId: 'r7', atMs: 1500, isSample: false };
  expect(await preview('set', { $expr: 'model & " " & $inputs.model_id & " " & $steps.Call.first' })).toEqual({
    kind: 'value',
    value: 'T-800 T-800 1',
    isTruncated: false,
    source,
  });
  expect(await preview('set', { a: { $template: 'Model {{ model }}' }, b: [{ $expr: '$sum(list)' }] })).toMatchObject({
    value: { a: 'Model T-800', b: [3] },
  });
  expect(await preview('set', { $expr: 'nothing.there' })).toEqual({ kind: 'nothing', source });
  expect(await preview('set', { $expr: 'model' }, 'other run')).toEqual({ kind: 'no-message' });
});

test('[Q9] a wrong expression and one that fails are told with their code', async () => {
  expect(await preview('set', { $expr: 'a +' })).toMatchObject({ kind: 'error', error: { code: 'FLOW_EXPRESSION_INVALID' } });
  expect(await preview('set', { $expr: '$steps.Fresh.x' })).toMatchObject({
    kind: 'error',
    error: { code: 'FLOW_EXPRESSION_NOT_ANCESTOR' },
  });
  expect(await preview('set', { $expr: '$number("x")' })).toMatchObject({ kind: 'error', error: { code: 'FLOW_EXPRESSION_FAILED' } });
});

test('[Q9] a long value is cut', async () => {
  const { value, isTruncated } = await preview('set', { $expr: '$pad("x", 30000, "y")' });
  expect([isTruncated, String(value).length < 16_384]).toEqual([true, true]);
});

test('[Q10] a value that reads a secret or the environment is hidden, however deep it stands', async () => {
  for (const value of [{ $secret: 'key' }, { $env: 'HOME' }, { headers: [{ value: { $secret: 'key' } }] }]) {
    expect(await preview('set', value)).toEqual({ kind: 'hidden' });
  }
});

test('[Q11] a node that never ran is given what the node before it gave', async () => {
  expect(await preview('new', { $expr: '{"m": made, "s": $steps.Call.first, "p": $steps.Prepare.made}' })).toMatchObject({
    kind: 'value',
    value: { m: true, s: 1, p: true },
    source: { runId: 'r7', isSample: false },
  });
});

test('[Q11] where nothing ran the message is a sample made from the definitions, and marked', async () => {
  recorded = {};
  expect(await preview('new', { $expr: '$' })).toMatchObject({
    kind: 'value',
    value: { model_id: 'Sample of Model id', count: 42, channel: 'Mail' },
    source: { isSample: true },
  });
  platformNow = null;
  expect(await preview('new', { $expr: '$trigger.functionName' })).toMatchObject({ kind: 'value', value: 'lookup' });
  expect(await preview('alone', { $expr: '$' })).toEqual({ kind: 'no-message' });
});

test('[Q11] the sample of an action has incident, object and activity fields', async () => {
  recorded = {};
  const nodes = [{ id: 'source', type: 'soar.destination', typeVersion: 1, name: 'Desk', config: { destination: 'desk', rules: [] } }];
  const { value } = await previews.preview({ document: { ...document, nodes, wires: [] }, nodeId: 'source', value: { $expr: '$' } });
  expect(value).toMatchObject({
    action_id: 9,
    incident: { id: 2101, name: 'Sample of Name', properties: { summary: 'Sample of Summary' } },
    artifact: { value: 'Sample of Value' },
    properties: { priority: 'Priority 1' },
  });
});

test('[Q12] an expression that takes too long holds nobody up', async () => {
  const slow = preview('set', { $expr: '($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(60))' });
  expect(await slow).toMatchObject({ kind: 'error', error: { code: 'FLOW_EXPRESSION_FAILED' } });
  expect(await preview('set', { $expr: 'model' })).toMatchObject({ value: 'T-800' });
});

test('[Q9] a node that the document does not have is refused', async () => {
  await expect(preview('gone', 1)).rejects.toMatchObject({ code: 'SERVER_REQUEST_INVALID' });
});
