import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '@wirebook/errors';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appConfigText } from '../harness/app-config-text.ts';
import { sampleFlow } from '../harness/flow-chain.ts';
import { waitFor } from '../harness/wait-for.ts';
import { spawnWirebook, type WirebookProcess } from '../harness/wirebook-process.ts';

let folder: string;
let simulator: WirebookProcess;
let ready: JsonObject;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirebook-simulator-'));
  const ports = ['--rest-port', '0', '--stomp-port', '0', '--control-port', '0'];
  simulator = spawnWirebook(['simulator', '--json', ...ports, '--data', join(folder, 'simulator')], { homeDir: folder });
  const line = await waitFor('the ready line', () => simulator.outputLines[0]);
  ready = toObject(JSON.parse(line));
});
afterAll(async () => {
  simulator?.child.kill('SIGTERM');
  await simulator?.ended;
  await rm(folder, { recursive: true, force: true });
});

function toObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`${JSON.stringify(value)} is no object`);
  return value;
}

async function control(method: 'GET' | 'POST', path: string, body?: JsonObject): Promise<JsonObject> {
  const answer = await request(`${String(ready.controlUrl)}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return toObject(await answer.body.json());
}

test('the ready line of wirebook simulator --json is all that wirebook run needs, and the control port shows the answer', async () => {
  expect(ready).toEqual({
    ready: true,
    restUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
    stompHost: '127.0.0.1',
    stompPort: expect.any(Number),
    controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    caFile: expect.any(String),
    org: expect.any(String),
    orgId: 201,
    apiKeyId: expect.any(String),
    apiKeySecret: expect.any(String),
    email: expect.any(String),
    password: expect.any(String),
  });
  const config = join(folder, 'app.config');
  const rest = new URL(String(ready.restUrl));
  await writeFile(
    config,
    appConfigText({
      resilient: {
        host: rest.hostname,
        port: rest.port,
        stomp_port: Number(ready.stompPort),
        org: String(ready.org),
        api_key_id: String(ready.apiKeyId),
        api_key_secret: String(ready.apiKeySecret),
        cafile: String(ready.caFile),
      },
    }),
  );
  const engine = spawnWirebook(['run', '--config', config, '--data', join(folder, 'data'), '--flow', sampleFlow('lookup-model')], {
    homeDir: folder,
  });
  try {
    await waitFor('the line "ready"', () => engine.outputLines.includes('ready') || engine.hasEnded());
    const { id } = await control('POST', '/invocations', { function: 'lookup_model_by_id', inputs: { model_id: '192.0.2.1' } });
    const invocation = await waitFor('the answer', async () => {
      const view = await control('GET', `/invocations/${String(id)}`);
      return view.status === 'Pending' ? undefined : view;
    });
    expect(invocation).toMatchObject({
      status: 'Complete',
      completingReplies: 1,
      replies: [{ message: 'Looking up 192.0.2.1', complete: false }, { complete: true }],
      result: { content: { kind: 'network address' } },
    });
    engine.child.kill('SIGTERM');
    expect(await engine.ended).toEqual({ exitCode: 0, signal: null });
    expect(engine.outputLines).toEqual(['ready']);
    expect(engine.errorLines.join('\n')).not.toContain(String(ready.apiKeySecret));
  } finally {
    engine.child.kill('SIGKILL');
    await engine.ended;
  }
});

test('its folder keeps the CA and the logins over a restart', async () => {
  const ca = readFileSync(String(ready.caFile), 'utf8');
  simulator.child.kill('SIGTERM');
  expect(await simulator.ended).toEqual({ exitCode: 0, signal: null });
  const ports = ['--rest-port', '0', '--stomp-port', '0', '--control-port', '0'];
  simulator = spawnWirebook(['simulator', '--json', ...ports, '--data', join(folder, 'simulator')], { homeDir: folder });
  const again = toObject(JSON.parse(await waitFor('the ready line', () => simulator.outputLines[0])));
  expect(readFileSync(String(again.caFile), 'utf8')).toBe(ca);
  expect([again.apiKeyId, again.apiKeySecret]).toEqual([ready.apiKeyId, ready.apiKeySecret]);
  ready = again;
});
