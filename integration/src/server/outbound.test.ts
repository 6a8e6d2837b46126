import { parseFlowValue } from '@wirebook/flow';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';
import { type EngineChild, startEngineChild } from './engine-child.ts';

let platform: Platform;
let child: EngineChild;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterEach(async () => child?.engine.stop(10_000));
afterAll(async () => platform?.close());

const call = (model: string) => ({ function: 'lookup_model_by_id', inputs: { model_id: model } });

test('[server B14] [server M10] the circuit of a host that fails opens for all runs, and shows on the node, in the health and in the numbers', async () => {
  child = startEngineChild(platform, { wirebook: { http_allowed_hosts: '127.0.0.1', circuit_failures: 2, circuit_open_seconds: 600 } });
  const asking = chainFlow({
    id: 'known',
    // Nothing listens there.
    nodes: [
      functionSource(),
      { id: 'ask', type: 'web.http', config: { url: 'http://127.0.0.1:1/' } },
      { id: 'result', type: 'soar.result' },
    ],
  });
  await child.engine.deploy([parseFlowValue(asking)]);
  const answers = [];
  for (const model of ['a', 'b', 'c']) answers.push((await fireAndWait(platform.simulator, call(model))).information);
  expect(answers.map((text) => text?.includes('circuit to 127.0.0.1:1 open until '))).toEqual([false, false, true]);
  const findNode = () => child.engine.getNodeActivity('known').find(({ nodeId }) => nodeId === 'ask');
  await waitFor('the circuit on the node', () => findNode()?.circuit !== undefined);
  expect(findNode()).toMatchObject({ state: 'failed', circuit: { host: '127.0.0.1:1', untilMs: expect.any(Number) } });
  await waitFor('the circuit in the health', () => child.engine.health.outbound.circuits.length > 0);
  expect(child.engine.health.outbound).toMatchObject({ circuits: [{ host: '127.0.0.1:1', failureCount: 2 }], refusedByCircuit: 1 });
  const numbers = await child.engine.readMetrics();
  expect(numbers).toContain('wirebook_circuit_open{host="127.0.0.1:1"} 1');
  expect(numbers).toContain('wirebook_http_refused_total{reason="circuit_open"} 1');
});

test('[engine K27] an engine process that is killed while runs wait goes on with the rest of their time, and answers each once', async () => {
  child = startEngineChild(platform);
  const waiting = chainFlow({
    id: 'known',
    nodes: [
      functionSource(),
      { id: 'wait', type: 'core.delay', config: { waitMs: 8000 } },
      { id: 'result', type: 'soar.result', config: { results: { $template: 'waited {{ $inputs.model_id }}' }, envelope: 'none' } },
    ],
  });
  await child.engine.deploy([parseFlowValue(waiting)]);
  const startedMs = performance.now();
  const ids = await Promise.all(['a', 'b', 'c'].map((model) => platform.simulator.invocations.fire(call(model))));
  await waitFor('the waits', () => child.engine.health.outbound.stepsWaiting === 3 && child.engine.health.takenOver === 3);
  process.kill(child.engine.pid ?? 0, 'SIGKILL');
  await waitFor('the end of the process', () => child.engine.view.state === 'restarting');
  await child.untilRunning();
  const ends = await Promise.all(ids.map((id) => waitForEnd(platform.simulator, id)));
  const tookMs = performance.now() - startedMs;
  expect(ends.map(({ result, completingReplies }) => [result, completingReplies])).toEqual([
    ['waited a', 1],
    ['waited b', 1],
    ['waited c', 1],
  ]);
  expect([tookMs >= 8000, tookMs < 14_000]).toEqual([true, true]);
}, 60_000);
