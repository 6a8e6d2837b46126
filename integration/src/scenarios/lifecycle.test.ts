import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { spawnEngine, startEngine } from '../harness/engine-process.ts';
import { eventsOf, findFinishedRun, findRun } from '../harness/engine-records.ts';
import { chainFlow, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';

const incidentList = /\/incidents$/;

/** Its run stays in the middle for as long as the proxy holds its call. */
const slowFlow = chainFlow({
  id: 'slow',
  nodes: [
    functionSource(),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
    { id: 'result', type: 'soar.result', config: { results: { $expr: '$inputs.model_id' }, envelope: 'none' } },
  ],
  settings: { concurrency: 1 },
});

const call = (model: string) => ({ function: 'lookup_model_by_id', inputs: { model_id: model } });

describeOnBrokers('an engine process', (setting) => {
  let proxy: RestProxy;

  beforeAll(async () => {
    proxy = await createRestProxy({ simulator: setting.platform.simulator });
  });
  afterEach(async () => {
    proxy.letGo();
    await Promise.all(setting.platform.engines.map((engine) => engine.kill9()));
  });
  afterAll(async () => {
    await proxy?.close();
  });

  function throughProxy() {
    return { resilient: { port: proxy.port, cafile: proxy.caFile } };
  }

  test('[engine D1] SIGTERM starts nothing new, lets the run in flight answer, ends with 0 and leaves the rest to the next engine', async () => {
    const { simulator } = setting.platform;
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config: throughProxy() });
    proxy.hold('GET', incidentList);
    const running = await simulator.invocations.fire(call('running'));
    const held = await proxy.nextHeld();
    const waiting = await simulator.invocations.fire(call('waiting'));
    const stopped = engine.stop();
    await waitFor('the drain', () => engine.stderrLines.some((line) => line.includes('draining')));
    const late = await simulator.invocations.fire(call('late'));
    held.release();
    expect(await waitForEnd(simulator, running)).toMatchObject({ status: 'Complete', result: 'running', completingReplies: 1 });
    expect(await stopped).toEqual({ exitCode: 0, signal: null });
    expect([waiting, late].map((id) => simulator.invocations.find(id)?.status)).toEqual(['Pending', 'Pending']);

    proxy.letGo();
    const { dataDir } = engine;
    const next = await startEngine({ platform: setting.platform, flows: [slowFlow], config: throughProxy(), dataDir });
    for (const [id, result] of [
      [waiting, 'waiting'],
      [late, 'late'],
    ] as const)
      expect(await waitForEnd(simulator, id)).toMatchObject({ status: 'Complete', result, completingReplies: 1 });
    await next.stop();
  });

  test('[engine D2] a run that is longer than the drain time is cancelled without an answer, and the next engine runs it', async () => {
    const { simulator } = setting.platform;
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config: throughProxy(), drainSeconds: 0.2 });
    proxy.hold('GET', incidentList);
    const id = await simulator.invocations.fire(call('long'));
    await proxy.nextHeld();
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    expect(simulator.invocations.find(id)).toMatchObject({ status: 'Pending', replies: [] });
    proxy.letGo();
    const { dataDir } = engine;
    const next = await startEngine({ platform: setting.platform, flows: [slowFlow], dataDir });
    expect(await waitForEnd(simulator, id)).toMatchObject({ status: 'Complete', result: 'long', completingReplies: 1 });
    await next.stop();
  });

  test('a second one on the same data folder is refused with exit code 5, and after a kill -9 of the first it starts', async () => {
    const { simulator } = setting.platform;
    const flows = [sampleFlow('lookup-model')];
    const first = await startEngine({ platform: setting.platform, flows });
    const { dataDir } = first;
    const second = spawnEngine({ platform: setting.platform, flows, dataDir });
    expect(await second.ended).toEqual({ exitCode: 5, signal: null });
    expect(second.stderrLines.join('\n')).toContain(`in use by another Wirebook (process ${first.pid})`);
    expect(second.stderrLines.join('\n')).toContain('ENGINE_DATA_FOLDER_LOCKED');
    expect(second.outputLines).toEqual([]);
    expect((await fireAndWait(simulator, call('still'))).status).toBe('Complete');

    expect(await first.kill9()).toEqual({ exitCode: null, signal: 'SIGKILL' });
    const third = await startEngine({ platform: setting.platform, flows, dataDir });
    expect((await fireAndWait(simulator, call('again'))).status).toBe('Complete');
    expect(await third.stop()).toEqual({ exitCode: 0, signal: null });
  });

  test('[engine L6][engine T4] a run that a kill -9 cut off in a GET runs again in the next engine, under the same run id, and is answered once', async () => {
    const { simulator } = setting.platform;
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config: throughProxy() });
    proxy.hold('GET', incidentList);
    const id = await simulator.invocations.fire(call('cut off'));
    await proxy.nextHeld();
    const { dataDir } = engine;
    const cutOff = await waitFor('the beginning of the run in the trace', () => findRun(dataDir, id));
    await engine.kill9();
    proxy.letGo();
    const next = await startEngine({ platform: setting.platform, flows: [slowFlow], dataDir });
    expect(await waitForEnd(simulator, id)).toMatchObject({ status: 'Complete', result: 'cut off', completingReplies: 1 });
    const run = await waitFor('the end of the run in the trace', () => findFinishedRun(dataDir, id));
    expect(run.head.runId).toBe(cutOff.head.runId);
    expect(eventsOf(run, 'attempt.started').map(({ attempt, reason }) => ({ attempt, reason }))).toEqual([
      { attempt: 1, reason: 'delivered' },
      { attempt: 2, reason: 'redelivered' },
    ]);
    await next.stop();
  });

  test('a broker whose authority is not the one of stomp_cafile is refused with exit code 23', async () => {
    const engine = spawnEngine({
      platform: setting.platform,
      flows: [slowFlow],
      config: { resilient: { stomp_cafile: proxy.caFile } },
    });
    expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
    expect(engine.stderrLines.join('\n')).toContain('SOAR_TLS_UNTRUSTED');
  });
});
