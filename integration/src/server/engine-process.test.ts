import { readdirSync, readFileSync } from 'node:fs';
import { type FlowDocumentInput, parseFlowValue } from '@wirebook/flow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chainFlow, destinationSource, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';
import { type EngineChild, startEngineChild } from './engine-child.ts';
import { startServer } from './started-server.ts';

let platform: Platform;
let proxy: RestProxy;
let child: EngineChild;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
  proxy = await createRestProxy({ simulator: platform.simulator });
});
afterEach(async () => {
  proxy.letGo();
  await child?.engine.stop(10_000);
});
afterAll(async () => {
  await proxy?.close();
  await platform?.close();
});

const throughProxy = () => ({ resilient: { port: proxy.port, cafile: proxy.caFile } });
const call = (model: string) => ({ function: 'lookup_model_by_id', inputs: { model_id: model } });
const toDocument = (flow: FlowDocumentInput) => parseFlowValue(flow);

const answering = (text: string, id = 'known') =>
  toDocument(
    chainFlow({
      id,
      nodes: [
        functionSource(),
        { id: 'look', type: 'core.debug', config: { label: 'seen', value: { $expr: '$inputs.model_id' }, enabled: false } },
        { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
        { id: 'result', type: 'soar.result', config: { results: { $template: `${text} {{ $inputs.model_id }}` }, envelope: 'none' } },
      ],
    }),
  );

const linesOf = () => child.activity.flatMap(({ lines }) => lines).filter(({ nodeId }) => nodeId === 'look');
const rowsOf = () => child.activity.flatMap(({ rows }) => rows);

test('[server B1] a set of no flow is deployed; a refused one is rejected with its code and changes nothing', async () => {
  child = startEngineChild(platform);
  await child.engine.deploy([]);
  expect(child.engine.view).toMatchObject({ state: 'running', reason: null, restarts: 0, destinations: [] });
  expect(child.engine.links).toMatchObject({ rest: { status: 'up' }, broker: { status: 'up' } });
  await child.engine.deploy([answering('one')]);
  const wrong = toDocument(chainFlow({ id: 'wrong', nodes: [functionSource('no_such_function'), { id: 'r', type: 'soar.result' }] }));
  await expect(child.engine.deploy([answering('two'), wrong])).rejects.toMatchObject({ code: 'SOAR_FUNCTION_UNKNOWN' });
  expect(await fireAndWait(platform.simulator, call('x'))).toMatchObject({ status: 'Complete', result: 'one x', completingReplies: 1 });
  await waitFor('the destination in the view', () => child.engine.view.destinations.includes('fn_models'));
});

test('[server B2] a killed engine starts again with what was deployed; each of 50 calls in its hands is answered once', async () => {
  child = startEngineChild(platform, throughProxy());
  await child.engine.deploy([answering('done')]);
  proxy.hold('GET', /\/incidents$/);
  const ids = await Promise.all(Array.from({ length: 50 }, (_, index) => platform.simulator.invocations.fire(call(String(index)))));
  await proxy.nextHeld();
  const { pid } = child.engine;
  if (pid === undefined) throw new Error('no engine process');
  process.kill(pid, 'SIGKILL');
  await waitFor('the end of the process', () => child.engine.view.state === 'restarting');
  expect(child.engine.view.reason).toContain('ended by SIGKILL');
  expect(child.engine.view.reason).toContain('delivered again');
  proxy.letGo();
  await child.untilRunning();
  const ends = await Promise.all(ids.map((id) => waitForEnd(platform.simulator, id)));
  expect(ends.map(({ result, completingReplies }) => [result, completingReplies])).toEqual(ids.map((_, index) => [`done ${index}`, 1]));
  expect(child.states).toEqual(['starting', 'running', 'restarting', 'running']);
  expect(child.engine.view.restarts).toBe(1);
});

test('[server B3] deploying in the middle of calls drops none, and runs in flight finish on their version', async () => {
  child = startEngineChild(platform, throughProxy());
  await child.engine.deploy([answering('old')]);
  proxy.hold('GET', /\/incidents$/);
  const early = await platform.simulator.invocations.fire(call('a'));
  await proxy.nextHeld();
  await child.engine.deploy([
    answering('new'),
    toDocument(chainFlow({ id: 'more', nodes: [destinationSource('ticket_desk'), { id: 'ack', type: 'soar.ack' }] })),
  ]);
  const late = await platform.simulator.invocations.fire(call('b'));
  proxy.letGo();
  expect(await waitForEnd(platform.simulator, early)).toMatchObject({ result: 'old a', completingReplies: 1 });
  expect(await waitForEnd(platform.simulator, late)).toMatchObject({ result: 'new b', completingReplies: 1 });
});

test('[server B4] a debug node is switched on and off without a deploy, also over a restart of the engine', async () => {
  child = startEngineChild(platform);
  await child.engine.deploy([answering('x')]);
  await fireAndWait(platform.simulator, call('unseen'));
  child.engine.setDebugSwitches('known', { look: true });
  await fireAndWait(platform.simulator, call('seen'));
  await waitFor(
    'the line and both rows',
    () => linesOf().length > 0 && rowsOf().filter(({ status }) => status === 'succeeded').length === 2,
  );
  const { pid } = child.engine;
  process.kill(pid ?? 0, 'SIGKILL');
  await waitFor('its end', () => child.engine.view.state === 'restarting');
  await child.untilRunning();
  await fireAndWait(platform.simulator, call('again'));
  await waitFor('the second line', () => linesOf().length > 1);
  child.engine.setDebugSwitches('known', {});
  await fireAndWait(platform.simulator, call('unseen too'));
  await waitFor('all rows', () => new Set(rowsOf().map(({ head }) => head.runId)).size === 4);
  expect(linesOf().map(({ nodeId, level, label, text }) => [nodeId, level, label, text])).toEqual([
    ['look', 'print', 'seen', 'seen'],
    ['look', 'print', 'seen', 'again'],
  ]);
});

test('[server B5] a run shows within 300 ms of its message, as running, and at its end with its numbers', async () => {
  child = startEngineChild(platform, throughProxy());
  await child.engine.deploy([answering('x')]);
  proxy.hold('GET', /\/incidents$/);
  await platform.simulator.invocations.fire(call('slow'));
  const held = await proxy.nextHeld();
  const heldAtMs = performance.now();
  await waitFor('the row', () => rowsOf().length > 0);
  expect(performance.now() - heldAtMs).toBeLessThan(300);
  expect(rowsOf()[0]).toMatchObject({ status: 'running', version: 3, finishedAtMs: null });
  expect(child.engine.getNodeActivity('known').find(({ nodeId }) => nodeId === 'read')).toMatchObject({ state: 'running' });
  held.release();
  await waitFor('its end', () => rowsOf().at(-1)?.status === 'succeeded');
  expect(rowsOf().at(-1)).toMatchObject({ stepCount: 4, attempts: 1, isCompleted: true, failedNodeIds: [], retryCount: 0 });
  expect(child.engine.getNodeActivity('known').map(({ nodeId, state, okCount }) => [nodeId, state, okCount])).toEqual([
    ['source', 'ok', 1],
    ['look', 'ok', 1],
    ['read', 'ok', 1],
    ['result', 'ok', 1],
  ]);
});

test('[server B6] a refused login is told with what to do, and tried again when app.config is changed', async () => {
  child = startEngineChild(platform, { resilient: { api_key_secret: 'wrong' } });
  const deployed = child.engine.deploy([answering('x')]);
  await expect(deployed).rejects.toMatchObject({ code: 'SOAR_LOGIN_REFUSED' });
  expect(child.engine.view).toMatchObject({ state: 'failed', restarts: 0 });
  expect(child.engine.view.reason).toContain('when app.config is changed');
  child.writeConfig();
  await child.untilRunning();
  await child.engine.deploy([answering('x')]);
  expect(await fireAndWait(platform.simulator, call('y'))).toMatchObject({ result: 'x y' });
});

test('[server B12] the engine process ends by itself when its server is killed', async () => {
  const server = await startServer();
  const [engine, ...others] = listChildren(server.pid);
  if (engine === undefined || others.length > 0) throw new Error('the server has one child');
  process.kill(server.pid, 'SIGKILL');
  await waitFor('the end of the engine process', () => !isThere(engine));
  await server.close();
});

function listChildren(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) && readParent(name) === parent ? [Number(name)] : []));
}

/** Undefined for a process that has just ended. */
function readParent(pid: string): number | undefined {
  try {
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return parent === undefined ? undefined : Number(parent);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH')) return undefined;
    throw thrown;
  }
}

/** A process that ended and that nobody waits for is a zombie. */
function isThere(pid: number): boolean {
  return readParent(String(pid)) !== undefined && !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
