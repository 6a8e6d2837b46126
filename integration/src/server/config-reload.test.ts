import { renameSync, writeFileSync } from 'node:fs';
import { parseFlowValue } from '@wirebook/flow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appConfigText } from '../harness/app-config-text.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';
import { type EngineChild, startEngineChild } from './engine-child.ts';

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

const call = (model: string) => ({ function: 'lookup_model_by_id', inputs: { model_id: model } });

/** Answers with a secret of app.config, after a call that the proxy may hold. */
const flow = parseFlowValue(
  chainFlow({
    id: 'known',
    nodes: [
      functionSource(),
      { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
      { id: 'result', type: 'soar.result', config: { results: { $template: 'done {{ $inputs.model_id }}' }, envelope: 'none' } },
    ],
  }),
);

test('[server B15] app.config that changes with calls in flight: they finish, the flows run again, each call is answered once', async () => {
  const direct = { resilient: { port: proxy.port, cafile: proxy.caFile, num_workers: 5 } };
  child = startEngineChild(platform, direct);
  await child.engine.deploy([flow]);
  const { pid } = child.engine;
  proxy.hold('GET', /\/incidents$/);
  const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => platform.simulator.invocations.fire(call(String(index)))));
  await proxy.nextHeld();
  // As editors do it: a new file in the place of the old one.
  writeFileSync(`${child.configFile}.new`, appConfigText(platform.config, direct, { resilient: { num_workers: 9 } }));
  renameSync(`${child.configFile}.new`, child.configFile);
  await waitFor('the drain', () => child.engine.view.reason?.includes('runs in flight finish') === true);
  expect(child.engine.view.state).toBe('restarting');
  const late = await platform.simulator.invocations.fire(call('late'));
  proxy.letGo();
  await child.untilRunning();
  const ends = await Promise.all([...ids, late].map((id) => waitForEnd(platform.simulator, id)));
  const names = [...ids.map((_, index) => String(index)), 'late'];
  expect(ends.map(({ result, completingReplies }) => [result, completingReplies])).toEqual(names.map((name) => [`done ${name}`, 1]));
  expect(child.engine.pid).not.toBe(pid);
  expect(child.engine.view).toMatchObject({ reason: null, restarts: 0 });
  expect(child.states).toEqual(['starting', 'running', 'restarting', 'running']);
});

test('[server B16] app.config that does not read is refused in the state and the log, and the engine goes on; the next one is taken', async () => {
  child = startEngineChild(platform);
  await child.engine.deploy([flow]);
  const { pid } = child.engine;
  child.writeConfig({ resilient: { num_workers: 'many' } });
  await waitFor('the refusal', () => child.engine.view.reason?.includes('num_workers') === true);
  expect(child.engine.view).toMatchObject({ state: 'running', reason: expect.stringContaining('goes on with what it read before') });
  expect(child.logLines).toContain('refused CONFIG_OPTION_INVALID');
  expect(await fireAndWait(platform.simulator, call('still'))).toMatchObject({ result: 'done still', completingReplies: 1 });
  expect(child.engine.pid).toBe(pid);
  child.writeConfig({ resilient: { num_workers: 3 } });
  await waitFor('another process', () => child.engine.pid !== undefined && child.engine.pid !== pid);
  await child.untilRunning();
  expect(child.engine.view.reason).toBeNull();
  expect(await fireAndWait(platform.simulator, call('again'))).toMatchObject({ result: 'done again', completingReplies: 1 });
});
