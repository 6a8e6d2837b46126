import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { createRestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';

const flows = [sampleFlow('incident-changed'), sampleFlow('lookup-model')];

describeOnBrokers('the automatic rule Incident Changed', (setting) => {
  let editor: RestEditor;
  let engine: EngineProcess | undefined;

  beforeAll(() => {
    editor = createRestEditor(setting.platform.simulator);
  });
  afterEach(async () => {
    await engine?.stop();
  });
  afterAll(async () => {
    await editor?.close();
  });

  function listInvocations() {
    return setting.platform.simulator.invocations.list().filter(({ name }) => name === 'Incident Changed');
  }

  async function changeIncident(city: string): Promise<number> {
    const incident = await editor.findIncidentId();
    const current = await editor.readObject(`/incidents/${incident}`);
    expect((await editor.call('PUT', `/incidents/${incident}`, { ...current, city })).status).toBe(200);
    return incident;
  }

  test('a flow that changes the incident again carries the context token, so the rule fires once', async () => {
    const { simulator } = setting.platform;
    engine = await startEngine({ platform: setting.platform, flows });
    const incident = await changeIncident('Westhaven');
    await waitFor('the acknowledgement', () => listInvocations().some(({ status }) => status === 'Complete'));
    const put = simulator.requests().findLast(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: expect.stringContaining(`/incidents/${incident}`), contextToken: 'known', status: 200 });
    expect(put?.headerNames).toContain('x-co3contexttoken');
    // A second firing would have been put on its queue before this later call was.
    await fireAndWait(simulator, { function: 'lookup_model_by_id', inputs: { model_id: 'later' } });
    expect(listInvocations().map(({ status, information }) => ({ status, information }))).toEqual([
      { status: 'Complete', information: 'Change noted' },
    ]);
  });

  test('behind a proxy that takes the context token away the rule does loop', async () => {
    const proxy = await createRestProxy({ simulator: setting.platform.simulator, stripHeaders: ['x-co3contexttoken'] });
    try {
      engine = await startEngine({
        platform: setting.platform,
        flows,
        config: { resilient: { port: proxy.port, cafile: proxy.caFile } },
      });
      const before = listInvocations().length;
      await changeIncident('Easthaven');
      await waitFor('the third firing', () => listInvocations().length >= before + 3);
      await engine.kill9();
    } finally {
      await proxy.close();
    }
  });
});
