import type { FlowSummary } from '@wirebook/api';
import { expect, test } from 'vitest';
import { findFlows } from './find-flows.ts';

const flow = (id: string, rest: Partial<FlowSummary>): FlowSummary => ({
  id,
  name: id,
  description: '',
  state: 'draft',
  deployedVersion: null,
  latestVersion: null,
  nodeCount: 0,
  triggers: [],
  changedAtMs: 0,
  changedBy: 'owner',
  lastRun: null,
  problems: { errors: 0, warnings: 0 },
  ...rest,
});

const flows = [
  flow('a', { name: 'Lookup model', triggers: ['lookup_model_by_id'], state: 'deployed' }),
  flow('b', { name: 'Create ticket' }),
];

test('[A2] flows are found by words anywhere in name, trigger and state, all of which must be there', () => {
  expect(findFlows(flows, 'MODEL deployed').map(({ id }) => id)).toEqual(['a']);
  expect(findFlows(flows, 'ticket').map(({ id }) => id)).toEqual(['b']);
  expect(findFlows(flows, 'ticket deployed')).toEqual([]);
  expect(findFlows(flows, '  ')).toEqual(flows);
});
