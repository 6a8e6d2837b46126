import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import type { CertificateKind } from '@wirebook/simulator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { killBroker, startBroker } from '../chaos/broker-life.ts';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, spawnEngine, startEngine } from '../harness/engine-process.ts';
import { acceptChangesFlow, chainFlow, destinationSource, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { createStompManInTheMiddle, type StompManInTheMiddle } from '../harness/stomp-man-in-the-middle.ts';
import { waitFor } from '../harness/wait-for.ts';

const lookup = sampleFlow('lookup-model');
const ask = { function: 'lookup_model_by_id', inputs: { model_id: '198.51.100.23' } };
const outsideFlow = chainFlow({
  id: 'outside',
  nodes: [
    functionSource('triage_report'),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
    { id: 'result', type: 'soar.result' },
  ],
});
const askOutside = { function: 'triage_report', inputs: { report_title: 'Weekly' } };
const summaryFlow = chainFlow({
  id: 'summary',
  nodes: [
    destinationSource('ticket_desk', ['Create Ticket']),
    {
      id: 'write',
      type: 'soar.incident-update',
      config: { incidentId: { $expr: 'incident.id' }, fields: [{ field: 'analyst_summary', value: 'Written by the flow' }] },
    },
    { id: 'ack', type: 'soar.ack', config: { text: 'Summary written' } },
  ],
});

// The headings are the rows of the table in section 6.15 of the Custom Action Developer's Guide.
describeOnBrokers('Testing considerations', (setting) => {
  const middlemen: StompManInTheMiddle[] = [];
  let editor: RestEditor;

  // Of its own for each test: the end of a fault closes the connections of the platform.
  beforeEach(() => {
    editor = createRestEditor(setting.platform.simulator);
  });
  afterEach(async () => {
    await editor.close();
    await Promise.all([...setting.platform.engines.map((engine) => engine.kill9()), ...middlemen.splice(0).map((each) => each.close())]);
    await setting.platform.simulator.faults.clear();
  });
  async function putInTheMiddle(certificate: CertificateKind): Promise<StompManInTheMiddle> {
    const middleman = await createStompManInTheMiddle({ simulator: setting.platform.simulator, certificate });
    middlemen.push(middleman);
    return middleman;
  }

  async function expectRestRefused(certificate: CertificateKind, code: string): Promise<void> {
    const { simulator } = setting.platform;
    await simulator.faults.useRestCertificate(certificate);
    const before = simulator.requests().length;
    const engine = spawnEngine({ platform: setting.platform, flows: [lookup] });
    expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
    expect(logOf(engine)).toContain(code);
    expect(simulator.requests().slice(before)).toEqual([]);
  }

  async function expectBrokerRefused(middleman: StompManInTheMiddle, trusted: string | undefined, code: string): Promise<void> {
    const config = { resilient: { stomp_port: middleman.port, ...(trusted === undefined ? {} : { stomp_cafile: trusted }) } };
    const engine = spawnEngine({ platform: setting.platform, flows: [lookup], config });
    expect(await engine.ended).toEqual({ exitCode: 23, signal: null });
    expect(logOf(engine)).toContain(code);
    expect(middleman.connectionCount()).toBeGreaterThan(0);
    expect(middleman.overheard()).toBe('');
  }

  describe('TLS: Certificate Trust', () => {
    test('a REST API whose certificate nobody vouches for gets no request', async () => {
      await expectRestRefused('untrusted', 'SOAR_TLS_UNTRUSTED');
    });

    test('a man in the middle of the way to the broker hears nothing, no password either', async () => {
      await expectBrokerRefused(await putInTheMiddle('valid'), undefined, 'SOAR_TLS_UNTRUSTED');
    });

    test('whom the configuration trusts hears everything, which shows that the one before was heard out', async () => {
      const middleman = await putInTheMiddle('valid');
      const config = { resilient: { stomp_port: middleman.port, stomp_cafile: middleman.caFile } };
      await startEngine({ platform: setting.platform, flows: [lookup], config });
      expect((await fireAndWait(setting.platform.simulator, ask)).status).toBe('Complete');
      expect(middleman.overheard()).toContain(setting.platform.simulator.apiKeyId);
    });
  });

  describe('TLS: Certificate Common Name', () => {
    test('a REST API whose certificate was issued to another host gets no request', async () => {
      await expectRestRefused('wrong-host', 'SOAR_TLS_NAME_MISMATCH');
    });

    test('a broker whose certificate was issued to another host hears nothing, although its authority is trusted', async () => {
      const middleman = await putInTheMiddle('wrong-host');
      await expectBrokerRefused(middleman, middleman.caFile, 'SOAR_TLS_NAME_MISMATCH');
    });
  });

  describe('Retry/Error Reporting', () => {
    test('there is a log file', async () => {
      const logdir = join(setting.platform.folder, 'guide-logs');
      const engine = await startEngine({
        platform: setting.platform,
        flows: [lookup],
        config: { resilient: { logdir, logfile: 'app.log' } },
      });
      await fireAndWait(setting.platform.simulator, ask);
      await waitFor('the run in the log file', () => {
        const path = join(logdir, 'app.log');
        return existsSync(path) && readFileSync(path, 'utf8').includes('succeeded');
      });
      expect(await engine.stop()).toMatchObject({ exitCode: 0 });
    });

    test('an error of another system is in the log and in Action Status, and the next action is served', async () => {
      const { simulator } = setting.platform;
      const engine = await startEngine({
        platform: setting.platform,
        flows: [outsideFlow],
        config: { resilient: { request_max_retries: 1 } },
      });
      simulator.faults.addRestFault({ kind: 'status', status: 500, method: 'GET', path: '/rest/orgs/201/incidents', count: 1 });
      const failed = await fireAndWait(simulator, askOutside);
      expect(failed).toMatchObject({ status: 'Error', completingReplies: 1, information: expect.stringMatching(/read.*500/s) });
      const line = await waitFor('the failure in the log', () => engine.stderrLines.find((text) => text.includes('failed')));
      expect(JSON.parse(line)).toMatchObject({
        flow: 'outside',
        node: 'read',
        code: 'SOAR_SERVER_ERROR',
        error: expect.stringContaining('500'),
      });
      expect((await fireAndWait(simulator, askOutside)).status).toBe('Complete');
    });

    test('it goes on while the platform is down, and serves what waits when it is back', async () => {
      const { simulator } = setting.platform;
      const engine = await startEngine({ platform: setting.platform, flows: [lookup] });
      expect((await fireAndWait(simulator, ask)).status).toBe('Complete');
      await killBroker(setting.platform);
      await waitFor('the loss in the log', () => /lost|reconnect|refused/i.test(logOf(engine)));
      await startBroker(setting.platform);
      expect((await fireAndWait(simulator, ask)).status).toBe('Complete');
      expect(await engine.stop()).toMatchObject({ exitCode: 0 });
    });
  });

  describe('Always Running', () => {
    test('[server S10] it survives that a user logs out, and serves on', async () => {
      const engine = await startEngine({ platform: setting.platform, flows: [lookup] });
      process.kill(engine.pid, 'SIGHUP');
      expect((await fireAndWait(setting.platform.simulator, ask)).status).toBe('Complete');
      expect(await engine.stop()).toMatchObject({ exitCode: 0 });
    });
  });

  describe('Conflicting Edits', () => {
    test('a rule that was invoked while the processor was stopped updates an incident that was changed meanwhile, and loses nothing', async () => {
      const { simulator } = setting.platform;
      const incident = await editor.findIncidentId();
      const id = await simulator.invocations.fire({ rule: 'Create Ticket', incident, properties: { ticket_priority: 'Low' } });
      const path = `/incidents/${incident}`;
      const before = await editor.readObject(path);
      expect((await editor.call('PUT', path, { ...before, city: 'Changed meanwhile' })).status).toBe(200);
      await startEngine({ platform: setting.platform, flows: [summaryFlow, acceptChangesFlow] });
      expect(await waitForEnd(simulator, id)).toMatchObject({ status: 'Complete', information: 'Summary written', completingReplies: 1 });
      const after = await editor.readObject(path);
      expect(after).toMatchObject({ city: 'Changed meanwhile' });
      expect(JSON.stringify(after.properties)).toContain('Written by the flow');
    });

    test('an edit between its reading and its writing is answered 409, and both changes stand', async () => {
      const { simulator } = setting.platform;
      const incident = await editor.findIncidentId();
      await startEngine({ platform: setting.platform, flows: [summaryFlow, acceptChangesFlow] });
      const current = await editor.readObject(`/incidents/${incident}`);
      await editor.call('PUT', `/incidents/${incident}`, {
        ...current,
        properties: { ...toObject(current.properties), analyst_summary: null },
      });
      const path = `/rest/orgs/201/incidents/${incident}`;
      simulator.faults.addRestFault({ kind: 'status', status: 409, method: 'PUT', path, count: 1 });
      const before = simulator.requests().length;
      const invocation = await fireAndWait(simulator, { rule: 'Create Ticket', incident, properties: { ticket_priority: 'Low' } });
      expect(invocation).toMatchObject({ status: 'Complete', information: 'Summary written' });
      const calls = simulator.requests().slice(before);
      expect(calls.filter((call) => call.method === 'PUT' && call.path === path).map(({ status }) => status)).toEqual([409, 200]);
    });
  });

  describe('Action Status Sent', () => {
    test('status messages stand in Action Status while it works, then one result or one error', async () => {
      const { simulator } = setting.platform;
      await startEngine({ platform: setting.platform, flows: [lookup, outsideFlow], config: { resilient: { request_max_retries: 1 } } });
      const good = await fireAndWait(simulator, ask);
      expect(good).toMatchObject({ status: 'Complete', completingReplies: 1 });
      expect(good.replies.map(({ complete }) => complete)).toEqual([false, true]);
      simulator.faults.addRestFault({ kind: 'status', status: 500, method: 'GET', path: '/rest/orgs/201/incidents', count: 1 });
      const failed = await fireAndWait(simulator, askOutside);
      expect(failed.replies.map(({ complete }) => complete)).toEqual([true]);
      expect(failed).toMatchObject({ status: 'Error', completingReplies: 1 });
    });
  });

  describe('Infinite Loops', () => {
    test('a change that the processor makes does not invoke the rule that invoked it', async () => {
      const { simulator } = setting.platform;
      await startEngine({ platform: setting.platform, flows: [sampleFlow('incident-changed'), lookup] });
      const list = () => simulator.invocations.list().filter(({ name }) => name === 'Incident Changed');
      const before = list().length;
      const incident = await editor.findIncidentId();
      const current = await editor.readObject(`/incidents/${incident}`);
      expect((await editor.call('PUT', `/incidents/${incident}`, { ...current, city: 'Southhaven' })).status).toBe(200);
      await waitFor('the acknowledgement', () =>
        list().some(({ status, information }) => status === 'Complete' && information === 'Change noted'),
      );
      expect(simulator.requests().findLast(({ method }) => method === 'PUT')).toMatchObject({ contextToken: 'known', status: 200 });
      // A second firing would have been put on its queue before this later call was.
      await fireAndWait(simulator, ask);
      expect(list().length).toBe(before + 1);
    });
  });
});

function toObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function logOf(engine: EngineProcess): string {
  return engine.stderrLines.join('\n');
}
