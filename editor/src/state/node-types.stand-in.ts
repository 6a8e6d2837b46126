import type { NodeTypeView } from '@wirebook/api';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { createNodeTypeIndex } from './node-type-index.ts';

const base: NodeDescriptor = {
  type: 'test.step',
  version: 1,
  label: 'Step',
  summary: 'Changes the message.',
  category: 'logic',
  icon: 'pencil',
  inputs: { in: { label: 'message' } },
  outputs: { out: { label: 'message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: { mode: { type: 'string', default: 'merge', title: 'Merging' }, note: { type: 'string' } },
  },
  sideEffect: 'none',
  permissions: [],
};

const descriptors: readonly NodeDescriptor[] = [
  base,
  {
    ...base,
    type: 'test.source',
    label: 'Source',
    summary: 'Begins a run.',
    category: 'sources',
    inputs: {},
    source: { kind: 'function' },
  },
  { ...base, type: 'test.end', label: 'End', summary: 'Replies.', category: 'replies', outputs: {} },
  {
    ...base,
    type: 'test.switch',
    label: 'Switch',
    summary: 'Decides where a message goes.',
    outputs: { otherwise: { label: 'else' } },
    outputsFromConfig: 'cases',
    config: { ...base.config, properties: { cases: { type: 'array', items: { type: 'object' } } } },
  },
];

/** A source, a step, a switch and an end, as a server would serve them. */
export const testNodeTypes = createNodeTypeIndex(descriptors.map((descriptor): NodeTypeView => ({ descriptor, help: '', examples: [] })));
