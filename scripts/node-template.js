// @ts-check

/**
 * @typedef {{ packageName: string, kind: string, type: string, name: string, executeName: string, label: string, category: string }} NewNode
 */

/**
 * The files of a new node, by their path in its folder. It passes each message on: small, and every check takes it.
 *
 * @param {NewNode} node
 * @returns {Record<string, string>}
 */
export function nodeFiles(node) {
  return {
    'descriptor.ts': descriptorText(node),
    'execute.ts': executeText(node),
    [`${node.kind}.test.ts`]: testText(node),
    'help.md': helpText(node),
    'examples/pass-on.flow.json': exampleText(node),
  };
}

function descriptorText(/** @type {NewNode} */ { name, type, label, category }) {
  return `import type { NodeDescriptor } from '@wirebook/node-kit';

export const ${name} = {
  type: '${type}',
  version: 1,
  label: '${label}',
  summary: 'Passes each message on, and writes a note into the trace.',
  category: '${category}',
  icon: 'box',
  inputs: { in: { label: 'message' } },
  outputs: { out: { label: 'the same message' } },
  config: {
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: {
      note: { type: 'string', title: 'Note', description: 'A line for the trace.', default: '', 'x-expression': true },
    },
  },
  sideEffect: 'none',
  permissions: [],
} as const satisfies NodeDescriptor;
`;
}

function executeText(/** @type {NewNode} */ { name, executeName }) {
  return `import type { Execute } from '@wirebook/node-kit';
import type { ${name} } from './descriptor.ts';

export const ${executeName}: Execute<typeof ${name}> = ({ config, message, emit, log }) => {
  if (config.note !== '') log.info(config.note);
  emit('out', message);
};
`;
}

function testText(/** @type {NewNode} */ { name, executeName }) {
  return `import { defineNode } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { ${name} } from './descriptor.ts';
import { ${executeName} } from './execute.ts';

test('a message leaves on the out port as it came', async () => {
  const node = testNode(defineNode(${name}, ${executeName}), { note: 'seen' });
  await node.send({ incidentId: 7 });
  expect(node.sent('out')).toEqual([{ incidentId: 7 }]);
});
`;
}

function helpText(/** @type {NewNode} */ { label }) {
  return `# ${label}

Passes each message on, and writes a note into the trace.

## Ports

- **in**: any message.
- **out**: the same message.

## Config

- **note**: a line for the trace; none when empty.

## Example

\`examples/pass-on.flow.json\` answers a function call with its own inputs.
`;
}

function exampleText(/** @type {NewNode} */ { kind, type, label }) {
  const flow = {
    format: 1,
    id: `${kind}-pass-on`,
    name: `${label}: pass on`,
    nodes: [
      { id: 'n1', type: 'soar.function', typeVersion: 1, name: 'Function', config: { function: 'lookup_model_by_id' } },
      { id: 'n2', type, typeVersion: 1, name: label, config: { note: 'seen' } },
      { id: 'n3', type: 'soar.result', typeVersion: 1, name: 'Result', config: {} },
    ],
    wires: [
      { from: 'n1.out', to: 'n2.in' },
      { from: 'n2.out', to: 'n3.in' },
    ],
  };
  return `${JSON.stringify(flow, null, 2)}\n`;
}
