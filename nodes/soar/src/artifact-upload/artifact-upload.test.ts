import { defineNode } from '@wirebook/node-kit';
import { createField, createSelectValues, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { fileArtifactCheck } from './check-file-artifact.ts';
import { soarArtifactUpload } from './descriptor.ts';
import { executeArtifactUpload } from './execute.ts';

const node = defineNode(soarArtifactUpload, executeArtifactUpload, fileArtifactCheck);
/** The first file of a bench. */
const file = { file: 'file1', name: 'forged.txt', contentType: 'x/y', sizeBytes: 1, sha256: '' };
const catalogue = {
  fields: { artifact: [createField({ name: 'type', inputType: 'select', values: createSelectValues(15, ['Log File', 'Other File']) })] },
};

async function open(config = {}) {
  const bench = testNode(node, { incidentId: 5, artifactType: 'Log File', file, ...config }, { catalogue });
  await bench.files.put('a.log', 'one', 'text/plain');
  bench.platform.answer('POST', '/incidents/5/artifacts/files', { body: [{ id: 9, value: 'a.log' }] });
  return bench;
}

test('[N85] the file is sent with what is true of it, beside the artifact as JSON text', async () => {
  const bench = await open({ description: 'made by a flow' });
  await bench.send({});
  const artifact = { type: 15, value: 'a.log', description: { format: 'text', content: 'made by a flow' } };
  expect(bench.platform.requests).toMatchObject([
    {
      method: 'POST',
      upload: {
        field: 'file',
        fileName: 'a.log',
        contentType: 'text/plain',
        content: { sizeBytes: 3 },
        parts: { artifact: JSON.stringify(artifact) },
      },
    },
  ]);
  expect(bench.sent('out')).toEqual([{ id: 9, value: 'a.log' }]);
});

test('[N85] a value is given beside the name of the file', async () => {
  const bench = await open({ value: 'Firewall', artifactType: 16 });
  await bench.send({});
  expect(bench.platform.requests).toMatchObject([
    { upload: { fileName: 'a.log', parts: { artifact: JSON.stringify({ type: 16, value: 'Firewall' }) } } },
  ]);
});

test.each([
  ['a text in place of a file', { file: 'a.log' }, 'NODE_INPUT_INVALID'],
  ['a file of another run', { file: { ...file, file: 'file9' } }, 'FILE_UNKNOWN'],
  ['an unknown type', { artifactType: 'Log' }, 'SOAR_SELECT_VALUE_UNKNOWN'],
])('[N85] %s is refused, and nothing is sent', async (_, config, code) => {
  const bench = await open(config);
  expect((await bench.send({})).error?.code).toBe(code);
  expect(bench.platform.requests).toEqual([]);
});

test('[N86] after a crash a further artifact of the value that has a file is the one of the step', async () => {
  const bench = await open({ value: 'Firewall' });
  const before = { id: 1, value: 'Firewall', attachment: { id: 4 } };
  bench.platform.answer('GET', '/incidents/5/artifacts', { body: [before, { id: 2, value: 'Firewall', attachment: null }] });
  const mark = await bench.mark();
  expect(mark).toEqual({ idsBefore: [1] });
  expect(await bench.check({ intendedAtMs: 1, mark })).toEqual({ written: false });
  bench.platform.answer('GET', '/incidents/5/artifacts', { body: [before, { ...before, id: 3 }] });
  expect(await bench.check({ intendedAtMs: 1, mark })).toMatchObject({ written: true, emissions: [{ message: { id: 3 } }] });
});

test('[N12] an incident that is not there keeps the code of the platform', async () => {
  const bench = await open();
  bench.platform.answer('POST', '/incidents/5/artifacts/files', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{ incidentId: 5, file }], [{ artifactType: 1, file }], [{ incidentId: 5, artifactType: 1 }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.artifact-upload: config');
  },
);
