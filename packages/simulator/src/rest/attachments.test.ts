import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';

let simulator: Simulator;
let caller: PlatformCaller;
let dispatcher: Agent;
let incidentId: unknown;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
  dispatcher = new Agent({ connect: { ca: readFileSync(simulator.caFile, 'utf8') } });
  incidentId = (await caller.org('POST', '/incidents', { name: 'Parent', discovered_date: 1 })).at('id');
});

afterAll(async () => {
  await dispatcher.close();
  await caller.close();
  await simulator.close();
});

const keys =
  'id uuid type name content_type created creator_id size actions task_id task_name task_custom task_members task_at_id vers inc_id inc_name inc_owner'.split(
    ' ',
  );

async function send(method: 'GET' | 'POST', path: string, body?: string, contentType = 'multipart/form-data; boundary=edge') {
  const authorization = `Basic ${Buffer.from(`${simulator.apiKeyId}:${simulator.apiKeySecret}`).toString('base64')}`;
  const headers = { authorization, ...(body === undefined ? {} : { 'content-type': contentType }) };
  const answer = await request(`${simulator.restUrl}/rest/orgs/201${path}`, { method, dispatcher, headers, body: body ?? null });
  return { status: answer.statusCode, type: answer.headers['content-type'], text: await answer.body.text() };
}

const part = (head: string, content: string) => `--edge\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n--edge--\r\n`;

test('[R120] a file is attached to an incident and to a task, listed with every key, read byte for byte and deleted', async () => {
  const task = await caller.org('POST', `/incidents/${incidentId}/tasks`, { name: 'With a file' });
  for (const parent of [`/incidents/${incidentId}`, `/tasks/${task.at('id')}`]) {
    const path = `${parent}/attachments`;
    const file = part('name="file"; filename="a.txt"\r\ncontent-type: text/plain', 'one\r\ntwo');
    const added = JSON.parse((await send('POST', path, file)).text) as { id: number };
    expect(added).toMatchObject({ name: 'a.txt', content_type: 'text/plain', size: 8, inc_id: incidentId });
    expect(Object.keys(added)).toEqual(expect.arrayContaining(keys));
    expect((await caller.org('GET', path)).body).toEqual([added]);
    expect(await send('GET', `${path}/${added.id}/contents`)).toMatchObject({
      status: 200,
      type: expect.stringContaining('text/plain'),
      text: 'one\r\ntwo',
    });
    expect((await caller.org('DELETE', `${path}/${added.id}`)).status).toBe(200);
    expect((await send('GET', `${path}/${added.id}/contents`)).status).toBe(404);
  }
});

test('[R121] what is no multipart body with a file is refused', async () => {
  const path = `/incidents/${incidentId}/attachments`;
  expect((await send('POST', path, '{}', 'application/json')).status).toBe(400);
  expect((await send('POST', path, 'nonsense')).status).toBe(400);
  expect(JSON.parse((await send('POST', path, part('name="other"', 'x'))).text)).toMatchObject({ message: 'Field file is required.' });
});

test('[A40] a rule on attachments has the attachment and its incident in the message; the console offers it', async () => {
  const file = part('name="file"; filename="b.txt"', 'x');
  const { id } = JSON.parse((await send('POST', `/incidents/${incidentId}/attachments`, file)).text) as { id: number };
  expect(simulator.desk.getIncident(Number(incidentId)).attachments).toMatchObject([
    { type: 'attachment', id, title: 'b.txt', actions: [{ name: 'Send to the Desk' }] },
  ]);
});
