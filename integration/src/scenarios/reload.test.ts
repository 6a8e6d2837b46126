import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { startEngine } from '../harness/engine-process.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { slowCall, slowFlow } from '../harness/slow-call.ts';
import { waitFor } from '../harness/wait-for.ts';

describeOnBrokers('wirebook run --reload', (setting) => {
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

  test('[server B15] [server B16] a changed app.config is taken with calls in flight, one that does not read is not', async () => {
    const { simulator } = setting.platform;
    const config = { resilient: { port: proxy.port, cafile: proxy.caFile, num_workers: 5 } };
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config, args: ['--reload'] });
    const configFile = join(dirname(engine.dataDir), 'app.config');
    const text = readFileSync(configFile, 'utf8');
    const readyCount = () => engine.outputLines.filter((line) => line === 'ready').length;

    writeFileSync(configFile, text.replace('num_workers=5', 'num_workers=many'));
    await waitFor('the refusal', () => engine.stderrLines.some((line) => line.includes('num_workers') && line.includes('goes on')));
    proxy.hold('GET', /\/incidents$/);
    const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => simulator.invocations.fire(slowCall(String(index)))));
    await proxy.nextHeld();
    writeFileSync(configFile, text.replace('num_workers=5', 'num_workers=9'));
    await waitFor('the drain', () => engine.stderrLines.some((line) => line.includes('runs in flight finish')));
    proxy.letGo();
    await waitFor('the second "ready"', () => readyCount() === 2, { timeoutMs: 60_000 });
    const ends = await Promise.all(ids.map((id) => waitForEnd(simulator, id)));
    expect(ends.map(({ completingReplies }) => completingReplies)).toEqual(ids.map(() => 1));
    expect(await fireAndWait(simulator, slowCall('after'))).toMatchObject({ status: 'Complete', completingReplies: 1 });
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
  });

  test('[server B21] a changed secret that the platform refuses is told, and the engine goes on as before until the next change', async () => {
    const { simulator } = setting.platform;
    const config = { resilient: { port: proxy.port, cafile: proxy.caFile } };
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config, args: ['--reload'] });
    const configFile = join(dirname(engine.dataDir), 'app.config');
    const text = readFileSync(configFile, 'utf8');
    const readyCount = () => engine.outputLines.filter((line) => line === 'ready').length;

    writeFileSync(configFile, text.replace(/^api_key_secret.*$/m, 'api_key_secret=refused-1'));
    await waitFor('the refusal', () => engine.stderrLines.some((line) => line.includes('does not work')));
    await waitFor('the return', () => readyCount() === 2, { timeoutMs: 60_000 });
    expect(await fireAndWait(simulator, slowCall('between'))).toMatchObject({ status: 'Complete', completingReplies: 1 });
    expect(engine.stderrLines.join('\n')).not.toContain('refused-1');

    writeFileSync(configFile, `${text}\n[fn_other]\na=1\n`);
    await waitFor('the change', () => readyCount() === 3, { timeoutMs: 60_000 });
    expect(await fireAndWait(simulator, slowCall('after'))).toMatchObject({ status: 'Complete', completingReplies: 1 });
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
  });

  test('[server B22] a flag of the command line comes before app.config', async () => {
    const config = { resilient: { port: proxy.port, cafile: proxy.caFile, org: 'Nobody' } };
    const args = ['--org', setting.platform.simulator.org];
    const engine = await startEngine({ platform: setting.platform, flows: [slowFlow], config, args });
    expect(await fireAndWait(setting.platform.simulator, slowCall('with the flag'))).toMatchObject({ status: 'Complete' });
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
  });
});
