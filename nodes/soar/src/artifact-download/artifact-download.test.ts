import { defineNode, type FileHandle } from '@wirebook/node-kit';
import { testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarArtifactDownload } from './descriptor.ts';
import { executeArtifactDownload } from './execute.ts';

const node = defineNode(soarArtifactDownload, executeArtifactDownload);

function open(config = {}, attachment: object | null = { name: 'mail.eml', content_type: 'message/rfc822' }) {
  const bench = testNode(node, { incidentId: 5, artifactId: 3, ...config });
  bench.platform.answer('GET', '/incidents/5/artifacts/3', { body: { id: 3, attachment: attachment === null ? null : { ...attachment } } });
  bench.platform.answer('GET', '/incidents/5/artifacts/3/contents', {
    content: { contentType: 'application/octet-stream', text: 'From: a' },
  });
  return bench;
}

test('[N87] the file goes on as a handle with the name and type that the platform tells', async () => {
  const bench = open();
  await bench.send({});
  const [file] = bench.sent('out') as readonly FileHandle[];
  expect(file).toMatchObject({ name: 'mail.eml', contentType: 'message/rfc822', sizeBytes: 7 });
  expect(file === undefined ? '' : bench.files.text(file)).toBe('From: a');
});

test('[N87] an artifact without a file is an error that names it, and no content is asked for', async () => {
  const bench = open({}, null);
  expect(await bench.send({})).toMatchObject({
    emitted: [],
    error: { code: 'NODE_INPUT_INVALID', message: expect.stringContaining('artifact 3 has no file') },
  });
  expect(bench.platform.requests).toHaveLength(1);
});

test('[N87] a file that is larger than the limit is refused, and nothing goes on', async () => {
  expect(await open({ maxBytes: 6 }).send({})).toMatchObject({ emitted: [], error: { code: 'FILE_TOO_LARGE' } });
});

test('[N12] one that is not there keeps the code of the platform', async () => {
  const bench = open();
  bench.platform.answer('GET', '/incidents/5/artifacts/3', { status: 404 });
  expect((await bench.send({})).error?.code).toBe('SOAR_NOT_FOUND');
});

test.each([[{ incidentId: 5 }], [{ incidentId: 5, artifactId: 'x' }], [{ incidentId: 5, artifactId: 3, maxBytes: 0 }]])(
  '[N2] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.artifact-download: config');
  },
);
