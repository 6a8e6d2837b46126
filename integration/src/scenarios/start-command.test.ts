import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '@wirebook/errors';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { runWirebook, spawnWirebook, type WirebookProcess } from '../harness/wirebook-process.ts';

let folder: string;
let product: WirebookProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirebook-start-'));
  product = spawnWirebook(['start', '--json', '--port', '0'], { homeDir: folder });
});
afterAll(async () => {
  product?.child.kill('SIGKILL');
  await product?.ended;
  await rm(folder, { recursive: true, force: true });
});

async function readReady(started: WirebookProcess): Promise<JsonObject> {
  const line = await waitFor('the ready line', () => started.outputLines[0], { timeoutMs: 60_000 });
  return toObject(JSON.parse(line));
}

function toObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${JSON.stringify(value)} is no object`);
  return value;
}

/** A browser that signs in by a link. */
async function signIn(link: unknown) {
  const url = new URL(String(link));
  const { origin } = url;
  const answer = await request(`${origin}/api/session/link`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: url.hash.replace('#token=', '') }),
  });
  const session = toObject(await answer.body.json());
  const headers = {
    origin,
    cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '',
    'x-csrf-token': String(session.csrfToken),
    'content-type': 'application/json',
  };
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
    const given = await request(`${origin}/api${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await given.body.text();
    return { status: given.statusCode, body: text === '' ? {} : toObject(JSON.parse(text)) };
  };
  return { status: answer.statusCode, call };
}

async function fireAction(ready: JsonObject): Promise<JsonObject> {
  const control = String(ready.controlUrl);
  const fired = await request(`${control}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rule: 'Create Ticket', incident: 2101, properties: { ticket_priority: 'High' } }),
  });
  const { id } = toObject(await fired.body.json());
  return waitFor('the action to end', async () => {
    const view = toObject(await (await request(`${control}/invocations/${String(id)}`)).body.json());
    return view.status === 'Pending' ? undefined : view;
  });
}

test('[server S3] the first start deploys the sample flows, which answer actions, and its link signs the owner in once', async () => {
  const ready = await readReady(product);
  expect(ready).toEqual({
    ready: true,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    signInLink: expect.stringMatching(/\/sign-in#token=[\w-]{43}$/),
    controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  const owner = await signIn(ready.signInLink);
  expect(owner.status).toBe(200);
  expect((await signIn(ready.signInLink)).status).toBe(401);
  const { body } = await owner.call('GET', '/deployments');
  expect(body.deployments).toMatchObject(['create-ticket', 'incident-changed', 'lookup-model'].map((flowId) => ({ flowId, version: 1 })));
  expect((await fireAction(ready)).status).toBe('Complete');
});

test('[server S4] a second server on the data folder is refused with exit code 5', async () => {
  const second = await runWirebook(['start', '--port', '0'], { homeDir: folder });
  expect(second.exitCode).toBe(5);
  expect(second.errors).toContain('ENGINE_DATA_FOLDER_LOCKED');
});

test('[server S5] a port that is taken is told with the way out; listening for others needs a password first', async () => {
  const taken: Server = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const bound = taken.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const busy = await runWirebook(['start', '--data', 'other', '--port', String(port)], { homeDir: folder });
  expect([busy.exitCode, busy.errors]).toEqual([1, expect.stringContaining(`port ${port} of 127.0.0.1 is taken`)]);
  expect(busy.errors).toContain('--port');
  taken.close();
  const open = await runWirebook(['start', '--data', 'other', '--port', '0', '--host', '0.0.0.0'], { homeDir: folder });
  expect([open.exitCode, open.errors]).toEqual([1, expect.stringContaining('SERVER_OPEN_WITHOUT_OWNER')]);
});

test('[server S6] SIGTERM ends it with 0; the next start deploys what was deployed, and prints a link only while the owner has no password', async () => {
  const link = await runWirebook(['user', 'link', 'owner'], { homeDir: folder });
  const owner = await signIn(/http:\S+/.exec(link.output)?.[0]);
  expect((await owner.call('DELETE', '/deployments/incident-changed')).status).toBe(200);
  expect((await owner.call('DELETE', '/flows/incident-changed')).status).toBe(204);
  expect((await owner.call('PUT', '/session/password', { next: 'a long enough one' })).status).toBe(204);
  product.child.kill('SIGTERM');
  expect(await product.ended).toEqual({ exitCode: 0, signal: null });

  product = spawnWirebook(['start', '--json', '--port', '0'], { homeDir: folder });
  const ready = await readReady(product);
  expect(ready.signInLink).toBeNull();
  const other = await runWirebook(['user', 'link', 'owner'], { homeDir: folder });
  const again = await signIn(/http:\S+/.exec(other.output)?.[0]);
  const { body } = await again.call('GET', '/deployments');
  // The samples are imported once: what was deleted stays away.
  expect(body.deployments).toMatchObject([{ flowId: 'create-ticket' }, { flowId: 'lookup-model' }]);
  expect((await fireAction(ready)).status).toBe('Complete');
  product.child.kill('SIGTERM');
  expect((await product.ended).exitCode).toBe(0);
});

test('[server S7] the first start runs an action by itself and prints what Action Status shows; later starts do not', async () => {
  const home = await mkdtemp(join(tmpdir(), 'wirebook-first-'));
  const start = () => spawnWirebook(['start', '--port', '0'], { homeDir: home });
  const first = start();
  await waitFor('the first action', () => first.outputLines.find((line) => line.includes('Action Status: Complete')), {
    timeoutMs: 60_000,
  });
  first.child.kill('SIGTERM');
  await first.ended;
  const second = start();
  await waitFor('the ready line', () => second.outputLines.find((line) => line.startsWith('Stop with')), { timeoutMs: 60_000 });
  second.child.kill('SIGTERM');
  await second.ended;
  expect(second.outputLines.filter((line) => line.includes('Lookup Model'))).toEqual([]);
  await rm(home, { recursive: true, force: true });
});
