import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { slowCall, slowFlow } from '../harness/slow-call.ts';
import { waitFor } from '../harness/wait-for.ts';

const incidentList = /\/incidents$/;
describeOnBrokers('the operator of an engine', (setting) => {
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

  function start(resilient: Readonly<Record<string, string | number>> = {}): Promise<EngineProcess> {
    const config = { resilient: { port: proxy.port, cafile: proxy.caFile, ...resilient } };
    return startEngine({ platform: setting.platform, flows: [slowFlow], config, args: ['--health-port', '0'] });
  }

  async function findProbes(engine: EngineProcess) {
    const line = await waitFor('the address of the probes', () => engine.stderrLines.find((text) => text.includes('health and metrics')));
    const { url } = JSON.parse(line) as { url: string };
    return async (path: string) => {
      const answer = await fetch(`${url}${path}`);
      return { status: answer.status, lines: (await answer.text()).split('\n') };
    };
  }

  test('[server M2] [server M4] sees that it is ready, and what it did, in numbers', async () => {
    const engine = await start();
    const get = await findProbes(engine);
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 200]);
    await fireAndWait(setting.platform.simulator, slowCall('a'));
    const lines = await waitFor('the run in the numbers', async () => {
      const { lines: found } = await get('/metrics');
      return found.includes('wirebook_runs_total{flow="slow",outcome="succeeded"} 1') ? found : undefined;
    });
    for (const line of [
      'wirebook_messages_received_total{destination="fn_models"} 1',
      'wirebook_subscription_open{destination="fn_models"} 1',
      'wirebook_messages_settled_total 1',
      'wirebook_rest_calls_total{target="platform",status="200"} 1',
      'wirebook_replies_total{kind="result"} 1',
    ])
      expect(lines).toContain(line);
  });

  test('[server M7] reads in the log each second how much is still in hand while it drains', async () => {
    const { simulator } = setting.platform;
    const engine = await start();
    const get = await findProbes(engine);
    proxy.hold('GET', incidentList);
    await simulator.invocations.fire(slowCall('held'));
    const held = await proxy.nextHeld();
    const stopped = engine.stop();
    await waitFor('the count', () => engine.stderrLines.some((line) => line.includes('draining: 1 messages in hand, 1 runs active')));
    expect((await get('/readyz')).status).toBe(503);
    held.release();
    expect(await stopped).toMatchObject({ exitCode: 0 });
  });

  test('[server K1] finds in the log file what stood on the terminal', async () => {
    const engine = await start({ logdir: join(setting.platform.folder, 'logs'), logfile: 'engine.log' });
    await fireAndWait(setting.platform.simulator, slowCall('logged'));
    await waitFor('the line of the run', () => engine.stderrLines.some((line) => line.includes('run of \\"slow\\" succeeded')));
    await engine.stop();
    const written = readFileSync(join(setting.platform.folder, 'logs', 'engine.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(written).toEqual(engine.stderrLines.filter((line) => line.startsWith('{')));
  });
});
