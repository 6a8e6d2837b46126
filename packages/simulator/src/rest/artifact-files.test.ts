import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;
let incidentPath: string;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
  incidentPath = `/incidents/${(await caller.org('POST', '/incidents', { name: 'Parent', discovered_date: 1 })).at('id')}`;
});

afterAll(async () => {
  await caller.close();
  await simulator.close();
});

const attach = (artifact: string, file = 'name="file"; filename="mail.eml"\r\ncontent-type: message/rfc822') =>
  caller.call('POST', `/orgs/201${incidentPath}/artifacts/files`, {
    headers: { ...caller.basic, 'content-type': 'multipart/form-data; boundary=edge' },
    rawBody: [
      `--edge\r\ncontent-disposition: form-data; ${file}\r\n\r\nFrom: a\r\n`,
      `--edge\r\ncontent-disposition: form-data; name="artifact"\r\n\r\n${artifact}\r\n--edge--\r\n`,
    ].join(''),
  });

test('[R122] an artifact with a file has its facts and name, its content is read byte for byte, and it is no attachment of the incident', async () => {
  const added = await attach('{"type":"RFC 822 Email Message File","description":"as it came"}');
  expect(added.body).toMatchObject([
    {
      type: 4,
      value: 'mail.eml',
      description: 'as it came',
      attachment: { name: 'mail.eml', content_type: 'message/rfc822', size: 7, inc_id: expect.any(Number) },
    },
  ]);
  const path = `${incidentPath}/artifacts/${added.at('0.id')}`;
  const content = await caller.org('GET', `${path}/contents`);
  expect([content.text, content.headers['content-type']]).toEqual(['From: a', expect.stringContaining('message/rfc822')]);
  expect((await caller.org('GET', path)).at('attachment.size')).toBe(7);
  expect((await caller.org('GET', `${incidentPath}/attachments`)).body).toEqual([]);
});

test.each([
  ['{"type":', 'name="file"; filename="a"', 400, 'has to be JSON text'],
  ['{"type":"Nonsense"}', 'name="file"; filename="a"', 400, 'type'],
  ['{"type":16}', 'name="other"', 400, 'Field file is required.'],
])('[R122] %s with %s is refused, and nothing is added', async (artifact, file, status, message) => {
  const before = (await caller.org('GET', `${incidentPath}/artifacts`)).text;
  const answer = await attach(artifact, file);
  expect([answer.status, answer.at('message')]).toEqual([status, expect.stringContaining(message)]);
  expect((await caller.org('GET', `${incidentPath}/artifacts`)).text).toBe(before);
});

test('[R122] the content of an artifact without a file is not found', async () => {
  const added = await caller.org('POST', `${incidentPath}/artifacts`, { type: 'String', value: 'x' });
  expect((await caller.org('GET', `${incidentPath}/artifacts/${added.at('0.id')}/contents`)).status).toBe(404);
});

test('[R123] artifacts are found by conditions with labels or ids, sorted and by pages', async () => {
  await caller.org('POST', `${incidentPath}/artifacts`, { type: 'IP Address', value: '192.0.2.9\n192.0.2.1\n198.51.100.7' });
  const query = (body: object) => caller.org('POST', `${incidentPath}/artifacts/query_paged?handle_format=names`, body);
  const filters = [
    {
      conditions: [
        { field_name: 'type', method: 'equals', value: 'IP Address' },
        { field_name: 'value', method: 'contains', value: '192.0.2' },
      ],
      logic_type: 'all',
    },
  ];
  const sorts = [{ field_name: 'value', type: 'asc' }];
  const found = await query({ filters, sorts, start: 0, length: 1 });
  expect(found.body).toMatchObject({ recordsFiltered: 2, data: [{ type: 'IP Address', value: '192.0.2.1' }] });
  expect((await query({ filters, sorts, start: 1, length: 5 })).at('data.0.value')).toBe('192.0.2.9');
  expect((await query({ filters: [{ conditions: [{ field_name: 'colour', method: 'equals', value: 1 }] }] })).at('message')).toContain(
    'colour',
  );
});
