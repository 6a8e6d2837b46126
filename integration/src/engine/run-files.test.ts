import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@wirebook/errors';
import { defineNode, type NodeDescriptor } from '@wirebook/node-kit';
import { afterEach, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { chain, type EngineUnderTest, lookup, startEngine } from './engine-under-test.ts';

// The disk takes time that no turn of the event loop tells, so these wait by the clock.

let under: EngineUnderTest | undefined;

afterEach(async () => {
  await under?.close();
  under = undefined;
});

const shape = {
  version: 1,
  label: 'Test',
  summary: 'Of a test.',
  category: 'debug',
  icon: 'file',
  inputs: { in: { label: 'in' } },
  outputs: { out: { label: 'out' } },
  config: { type: 'object', additionalProperties: false, properties: {} },
  permissions: [],
} as const satisfies Omit<NodeDescriptor, 'type' | 'sideEffect'>;

/** A write: its outputs are on record, and a later attempt gets them back. */
const makeFile = defineNode(
  { ...shape, type: 'test.make-file', sideEffect: 'write' } as const satisfies NodeDescriptor,
  async ({ services, emit }) => {
    emit('out', await services.files.save({ name: 'a.txt', contentType: 'text/plain', content: [Buffer.from('kept')] }));
  },
);

const readFile = defineNode(
  { ...shape, type: 'test.read-file', sideEffect: 'none' } as const satisfies NodeDescriptor,
  async ({ services, message, emit }) => {
    const { read } = await services.files.open(message);
    const chunks: Uint8Array[] = [];
    for await (const chunk of read()) chunks.push(chunk);
    emit('out', Buffer.concat(chunks).toString());
  },
);

const extraNodes = [makeFile, readFile];
const result = ['test.complete'] as const;

function countFiles(folder: string): number {
  const files = join(folder, 'files');
  return existsSync(files) ? readdirSync(files, { recursive: true }).filter((name) => String(name).endsWith('.data')).length : 0;
}

const content = (replies: readonly { readonly [key: string]: JsonValue }[]) => replies.map((reply) => JSON.stringify(reply));

test('[store RF1] a file goes from node to node of a run, and goes with the run', async () => {
  const engine = await startEngine({ flows: [chain('f', lookup, ['test.make-file'], ['test.read-file'], result)], extraNodes });
  under = engine;
  engine.call('a');
  await waitFor('the files', () => engine.completions('a').length === 1);
  expect(content(engine.completions('a')).join()).toContain('kept');
  await waitFor('the files', () => countFiles(engine.folder) === 0);
});

test('[store RF2] a file is there in the next attempt after a kill, as what a finished step gave may name it', async () => {
  const flows = [chain('f', lookup, ['test.make-file'], ['test.gate'], ['test.read-file'], result)];
  const first = await startEngine({ flows, extraNodes });
  first.call('a');
  await waitFor('the files', () => countFiles(first.folder) === 1 && first.nodes.waitingCount() === 1);
  const remains = first.kill();
  under = await startEngine({ flows, extraNodes, remains });
  const again = under;
  again.nodes.leaveGatesOpen();
  again.nodes.openGates();
  await waitFor('the files', () => again.completions('a').length === 1);
  expect(content(again.completions('a')).join()).toContain('kept');
  await waitFor('the files', () => countFiles(again.folder) === 0);
});

test('[store RF2] a handle of another run opens nothing', async () => {
  const flows = [chain('f', lookup, ['test.make-file'], ['test.gate'], result)];
  under = await startEngine({
    flows: [...flows, chain('g', ['test.function', { function: 'other' }], ['test.read-file'], result)],
    extraNodes,
  });
  const engine = under;
  engine.call('a');
  await waitFor('the files', () => countFiles(engine.folder) === 1);
  const [name = ''] = readdirSync(join(engine.folder, 'files'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.data'),
  );
  const file = name.split('/').at(-1)?.replace('.data', '') ?? '';
  engine.put('b', JSON.stringify({ function: { id: 2, name: 'other' }, inputs: { file, sizeBytes: 4 } }), {
    'reply-to': '/queue/acks.201.fn_models',
    'correlation-id': 'cid-b',
  });
  await waitFor('the files', () => engine.completions('b').length === 1);
  expect(engine.completions('b')).toMatchObject([{ message_type: 1, message: expect.stringContaining(file) }]);
});
