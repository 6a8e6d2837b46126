import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@wirebook/errors';
import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleBench, openExampleBench } from './example-bench.ts';

const nodesFolder = new URL('../../../nodes/', import.meta.url).pathname;
let bench: ExampleBench;

beforeAll(async () => {
  bench = await openExampleBench();
});

afterAll(() => bench.close());

const deploy = (path: string) => bench.deploy(`${nodesFolder}${path}`);

async function createTicket(path: string, incident: number): Promise<InvocationView> {
  await deploy(path);
  return bench.fire({ rule: 'Create Ticket', incident: bench.incidentId(incident), properties: { ticket_priority: 'High' } });
}

async function listFiles(incident: number): Promise<readonly JsonObject[]> {
  const { list } = await bench.read(`/incidents/${bench.incidentId(incident)}/attachments`);
  return (Array.isArray(list) ? list : []).filter(isJsonObject);
}

async function download(path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await bench.calls.request({
    method: 'GET',
    path,
    takeContent: async ({ read }) => {
      for await (const chunk of read) chunks.push(chunk);
    },
  });
  return Buffer.concat(chunks);
}

const texts = (view: InvocationView) => view.replies.map(({ message }) => message);

test('soar.attachment-list: names and sizes are told', async () => {
  const [file] = await listFiles(0);
  const view = await createTicket('soar/src/attachment-list/examples/what-is-attached.flow.json', 0);
  expect(texts(view)).toEqual([`1: headers.txt (${file?.size})`]);
});

test('soar.attachment-download: a rule on an attachment hands its file to the flow', async () => {
  await deploy('soar/src/attachment-download/examples/lines-of-a-file.flow.json');
  const [file] = await listFiles(0);
  const object = { type: 'attachment', id: Number(file?.id) };
  const view = await bench.fire({ rule: 'Send to the Desk', incident: bench.incidentId(0), object });
  expect(texts(view)).toEqual(['3 lines']);
});

test('soar.attachment-upload: the file is attached byte for byte', async () => {
  const view = await createTicket('soar/src/attachment-upload/examples/report-of-the-ticket.flow.json', 1);
  const [file] = await listFiles(1);
  const { name } = await bench.read(`/incidents/${bench.incidentId(1)}`);
  expect(texts(view)).toEqual([`ticket-${bench.incidentId(1)}.txt is attached`]);
  expect((await download(`/incidents/${bench.incidentId(1)}/attachments/${file?.id}/contents`)).toString()).toBe(
    `${name}\nPriority: High\n`,
  );
});

test('soar.artifact-search: the addresses of an incident are told', async () => {
  const { list } = await bench.read(`/incidents/${bench.incidentId(0)}/artifacts`);
  const values = (Array.isArray(list) ? list : []).filter(isJsonObject).filter(({ type }) => type === 'IP Address' || type === 'DNS Name');
  const expected = values.map(({ value }) => String(value)).sort();
  expect(expected.length).toBeGreaterThan(0);
  const view = await createTicket('soar/src/artifact-search/examples/addresses.flow.json', 0);
  expect(texts(view)).toEqual([`${expected.length}: ${expected.join(', ')}`]);
});

test('soar.artifact-upload, soar.artifact-download: a file is kept as an artifact and comes back as it is', async () => {
  const view = await createTicket('soar/src/artifact-upload/examples/log-of-the-ticket.flow.json', 1);
  const { list } = await bench.read(`/incidents/${bench.incidentId(1)}/artifacts`);
  const added = (Array.isArray(list) ? list : []).filter(isJsonObject).at(-1);
  expect(added).toMatchObject({ type: 'Log File', description: 'Written by a flow', attachment: { content_type: 'text/plain' } });
  expect(texts(view)).toEqual([`ticket-${bench.incidentId(1)}.log is artifact ${added?.id}`]);
  expect(texts(await createTicket('soar/src/artifact-download/examples/read-it-back.flow.json', 1))).toEqual(['2 lines']);
});

test('soar.search: where the name of the incident stands is told', async () => {
  const view = await createTicket('soar/src/search/examples/known-before.flow.json', 1);
  expect(texts(view)).toEqual([`1 found, the first in incident ${bench.incidentId(1)}`]);
});

test('soar.wiki-page: what the desk wrote down is told', async () => {
  const view = await createTicket('soar/src/wiki-page/examples/what-to-do.flow.json', 1);
  expect(texts(view)).toEqual([expect.stringMatching(/^Lock the device. End its sessions\./)]);
});

test('[soar-client R85] a file of 20 MB goes up and comes down as it is, and one over the limit of the platform is refused in its words', async () => {
  const bytes = Buffer.alloc(20_000_000, 'wirebook \u00e4\r\n--x');
  const path = `/incidents/${bench.incidentId(2)}/attachments`;
  const upload = (content: Buffer, fileName: string) =>
    bench.calls.request({
      method: 'POST',
      path,
      upload: {
        field: 'file',
        fileName,
        contentType: 'application/zip',
        content: {
          sizeBytes: content.length,
          async *read() {
            for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
          },
        },
      },
    });
  const { body } = await upload(bytes, 'größe "1".zip');
  expect(body).toMatchObject({ name: 'größe "1".zip', content_type: 'application/zip', size: bytes.length });
  const back = await download(`${path}/${(body as JsonObject).id}/contents`);
  const hash = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  expect(hash(back)).toBe(hash(bytes));
  await expect(upload(Buffer.alloc(27_000_000), 'large.zip')).rejects.toMatchObject({
    code: 'SOAR_BAD_REQUEST',
    message: expect.stringContaining('larger than 25 MB'),
  });
});
