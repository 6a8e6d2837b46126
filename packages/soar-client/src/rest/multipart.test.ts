import { expect, test } from 'vitest';
import { toMultipart } from './multipart.ts';

async function readAll(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const content = {
  sizeBytes: 3,
  async *read() {
    yield Buffer.from('a;b');
  },
};

test('[R85] the body has the length that is told, and can be read again', async () => {
  const body = toMultipart(
    { field: 'file', fileName: 'ä.csv', contentType: 'text/csv', content, parts: { artifact: '{"type":1}' } },
    'edge',
  );
  const text = await readAll(body.read());
  expect(Buffer.byteLength(text)).toBe(body.sizeBytes);
  expect(await readAll(body.read())).toBe(text);
  const form = await new Response(text, { headers: { 'content-type': body.contentType } }).formData();
  expect(form.get('artifact')).toBe('{"type":1}');
  const file = form.get('file') as File;
  expect([file.name, file.type, await file.text()]).toEqual(['ä.csv', 'text/csv', 'a;b']);
});

test('[R85] a name cannot end its line or its part', async () => {
  const fileName = 'a"\r\nx: y\r\n\r\n--edge--';
  const text = await readAll(toMultipart({ field: 'file', fileName, contentType: 'text/plain\r\nx: y', content }, 'edge').read());
  expect(text.split('\r\n').filter((line) => line.startsWith('--edge'))).toEqual(['--edge', '--edge--']);
  expect(text).not.toMatch(/^x: y/m);
});
