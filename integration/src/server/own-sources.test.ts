import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlowValue } from '@wirebook/flow';
import { createCertificateStore } from '@wirebook/simulator';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appConfigText } from '../harness/app-config-text.ts';
import { type ChainNode, chainFlow } from '../harness/flow-chain.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';
import { spawnWirebook } from '../harness/wirebook-process.ts';
import { type EngineChild, startEngineChild } from './engine-child.ts';
import { startServer } from './started-server.ts';

let platform: Platform;
let editor: RestEditor;
let child: EngineChild | undefined;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
  editor = createRestEditor(platform.simulator);
});
afterEach(async () => {
  await child?.engine.stop(10_000);
  child = undefined;
});
afterAll(async () => {
  await editor?.close();
  await platform?.close();
});

const secret = 'a secret of some length';

function hookFlow(...nodes: readonly ChainNode[]) {
  return chainFlow({ id: 'hook', nodes: [{ id: 'source', type: 'web.webhook', config: { path: 'hook', secretName: 'hook' } }, ...nodes] });
}

/** A note with the text of the request. */
function note(incidentId: number): ChainNode {
  return { id: 'note', type: 'soar.note-add', config: { incidentId, text: { $expr: 'body.text' } } };
}

async function countNotes(incidentId: number, text: string): Promise<number> {
  const notes = JSON.stringify(await editor.readList(`/incidents/${incidentId}/comments`));
  return notes.split(text).length - 1;
}

test('[server WS1] a webhook is taken over TLS by the engine of the server, and what was answered with 202 runs once although the engine is killed', async () => {
  const certificates = await createCertificateStore({ clock: { now: () => Date.now() } });
  const { certPem, keyPem } = await certificates.issue('valid');
  const files = { certfile: join(platform.folder, 'web.pem'), keyfile: join(platform.folder, 'web.key') };
  writeFileSync(files.certfile, certPem);
  writeFileSync(files.keyfile, keyPem);
  const incidentId = await editor.findIncidentId();
  const engine = startEngineChild(platform, { webserver: { port: 0, ...files }, secrets: { hook: secret } });
  child = engine;
  const flow = hookFlow({ id: 'wait', type: 'core.delay', config: { waitMs: 1500 } }, note(incidentId));
  await engine.engine.deploy([parseFlowValue(flow)]);
  const url = findUrl(engine.logLines);
  expect(url).toMatch(/^https:/);

  const send = async (text: string, ca: string | undefined = certificates.caPem) => {
    const dispatcher = new Agent({ connect: ca === undefined ? {} : { ca } });
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    return await request(`${url}hook`, { method: 'POST', dispatcher, headers, body: JSON.stringify({ text }) });
  };
  await expect(send('by a stranger to the certificate', '')).rejects.toThrow();
  const answers = await Promise.all(['first', 'second', 'third'].map((text) => send(`${text} hook note`)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
  process.kill(engine.engine.pid ?? 0, 'SIGKILL');
  await waitFor('its end', () => engine.engine.view.state === 'restarting');
  await engine.untilRunning();
  await waitFor('the notes', async () => (await countNotes(incidentId, 'hook note')) === 3, { timeoutMs: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await countNotes(incidentId, 'hook note')).toBe(3);
  await certificates.close();
});

test('[server WS1] wirebook run takes webhooks, too', async () => {
  const incidentId = await editor.findIncidentId();
  const configFile = join(platform.folder, 'run-hook.config');
  const flowFile = join(platform.folder, 'hook.flow.json');
  writeFileSync(configFile, appConfigText(platform.config, { webserver: { port: 0 }, secrets: { hook: secret } }));
  writeFileSync(flowFile, JSON.stringify(hookFlow(note(incidentId))));
  const running = spawnWirebook(['run', '--config', configFile, '--flow', flowFile, '--data', join(platform.folder, 'run-hook')], {
    homeDir: platform.folder,
  });
  try {
    await waitFor('the ready line', () => running.outputLines.length > 0 || running.hasEnded(), { timeoutMs: 60_000 });
    const url = findUrl(running.errorLines);
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}hook`, { method: 'POST', headers, body: JSON.stringify({ text: 'headless note' }) });
    expect(answer.status).toBe(202);
    await waitFor('the note', async () => (await countNotes(incidentId, 'headless note')) === 1);
  } finally {
    running.child.kill('SIGTERM');
    await running.ended;
  }
});

test('[server WS12] a flow whose secret is not there is refused when it is deployed, and what ran before goes on', async () => {
  const engine = startEngineChild(platform, { webserver: { port: 0 } });
  child = engine;
  await expect(
    engine.engine.deploy([parseFlowValue(hookFlow({ id: 'look', type: 'core.debug', config: { label: 'x' } }))]),
  ).rejects.toMatchObject({
    code: 'CONFIG_SECRET_UNRESOLVED',
  });
  expect(engine.engine.view.state).toBe('running');
});

test('[server WS14] who is signed in presses Inject: the deployed flow runs with the message, and the audit log says who', async () => {
  const server = await startServer();
  try {
    const document = chainFlow({
      id: 'by-hand',
      nodes: [
        { id: 'start', type: 'core.inject', config: { message: {} } },
        { id: 'look', type: 'core.debug', config: { label: 'seen' } },
      ],
    });
    const { id: flowId } = (await server.post('/api/flows', { name: 'By hand', document })) as { id: string };
    const inject = () => server.post(`/api/flows/${flowId}/nodes/start/inject`, { message: { incident: 7 } });
    await expect(inject()).rejects.toThrow('ENGINE_SOURCE_CLOSED');
    await server.post('/api/deployments', { flowIds: [flowId], acceptWarnings: true });
    const { runId } = (await inject()) as { runId: string };
    const detail = await waitFor('the run', async () => {
      const page = (await server.get(`/api/runs?flowId=${flowId}&status=succeeded`)) as { runs: { head: { runId: string } }[] };
      return page.runs.some(({ head }) => head.runId === runId) ? server.get(`/api/runs/${runId}`) : undefined;
    });
    expect(detail).toMatchObject({ trigger: { body: { incident: 7 } } });
    await expect(server.post(`/api/flows/${flowId}/nodes/other/inject`, { message: {} })).rejects.toThrow('ENGINE_SOURCE_CLOSED');
    await expect(server.post(`/api/flows/${flowId}/nodes/start/inject`, { message: 'text' })).rejects.toThrow('SERVER_REQUEST_INVALID');
  } finally {
    await server.close();
  }
});

/** Where the engine says in its log that webhooks are reached. */
function findUrl(lines: readonly string[]): string {
  const [url] = lines.flatMap((line) => /"url":"(https?:[^"]+)"/.exec(line)?.[1] ?? /url[=:]\s*"?(https?:[^\s",]+)/.exec(line)?.[1] ?? []);
  if (url === undefined) throw new Error(`no address in:\n${lines.join('\n')}`);
  return url;
}
