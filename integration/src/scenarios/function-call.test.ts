import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { describeCalls, eventsOf, findFinishedRun } from '../harness/engine-records.ts';
import { chainFlow, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';

/** Fails in a node that calls the platform, with nothing wired to take the error. */
const failingFlow = chainFlow({
  id: 'triage',
  nodes: [
    functionSource('triage_report'),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents/999999999' } },
    { id: 'result', type: 'soar.result' },
  ],
});

describeOnBrokers('a function call', (setting) => {
  let engine: EngineProcess;
  let editor: RestEditor;

  beforeAll(async () => {
    engine = await startEngine({ platform: setting.platform, flows: [sampleFlow('lookup-model'), failingFlow] });
    editor = createRestEditor(setting.platform.simulator);
  });
  afterAll(async () => {
    await engine?.stop();
    await editor?.close();
  });

  test('[engine P1] a function call is answered by a status and then by one result in the envelope 2.0', async () => {
    const { simulator } = setting.platform;
    const invocation = await fireAndWait(simulator, { function: 'lookup_model_by_id', inputs: { model_id: '198.51.100.23' } });
    expect(invocation).toMatchObject({ status: 'Complete', information: 'Completed', completingReplies: 1 });
    expect(invocation.replies.map(({ message, complete, messageType }) => ({ message, complete, messageType }))).toEqual([
      { message: 'Looking up 198.51.100.23', complete: false, messageType: 0 },
      { message: 'Completed', complete: true, messageType: 0 },
    ]);
    expect(invocation.result).toEqual({
      version: 2,
      success: true,
      reason: null,
      raw: null,
      content: { model_id: '198.51.100.23', kind: 'network address', summary: '198.51.100.23 is not on the list of known models.' },
      inputs: { model_id: '198.51.100.23' },
      metrics: {
        version: '1.0',
        package: expect.any(String),
        package_version: expect.any(String),
        host: expect.any(String),
        execution_time_ms: expect.any(Number),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      },
    });
  });

  test('the trace has the run with its steps, replies and the settling, found by the correlation id', async () => {
    const { simulator } = setting.platform;
    const invocation = await fireAndWait(simulator, { function: 'lookup_model_by_id', inputs: { model_id: 'M-7' } });
    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
    expect(run).toMatchObject({ attempts: 1, outcome: 'succeeded', head: { flowId: 'lookup-model', triggerName: 'lookup_model_by_id' } });
    expect(eventsOf(run, 'step.started').map(({ nodeId }) => nodeId)).toEqual(['source', 'status', 'find', 'result']);
    expect(eventsOf(run, 'reply.made').map(({ kind }) => kind)).toEqual(['status', 'result']);
    const settled = await waitFor('the settling in the trace', async () => {
      const again = await findFinishedRun(engine.dataDir, invocation.id);
      return again === undefined ? undefined : eventsOf(again, 'message.settled')[0];
    });
    expect(settled.how).toBe('with-reply');
  });

  test('a menu item on an artifact starts the workflow, whose answer becomes a note', async () => {
    const { simulator } = setting.platform;
    const incident = await editor.findIncidentId();
    const [artifact] = await editor.readList(`/incidents/${incident}/artifacts`);
    const notesBefore = await editor.readList(`/incidents/${incident}/comments`);
    const invocation = await fireAndWait(simulator, {
      rule: 'Lookup Model',
      incident,
      object: { type: 'artifact', id: Number(artifact?.id) },
    });
    expect(invocation).toMatchObject({ status: 'Complete', calls: [{ type: 'Workflow - Function', functionName: 'lookup_model_by_id' }] });
    const notes = await editor.readList(`/incidents/${incident}/comments`);
    expect(notes.length).toBe(notesBefore.length + 1);
    expect(JSON.stringify(notes)).toContain(`${artifact?.value} is not on the list of known models.`);
  });

  test('[engine P3] an error in a node gives an error reply that names node and cause, and the engine goes on', async () => {
    const { simulator } = setting.platform;
    const failed = await fireAndWait(simulator, { function: 'triage_report', inputs: { report_title: 'Broken' } });
    expect(failed).toMatchObject({ status: 'Error', completingReplies: 1, result: null });
    expect(failed.replies.map(({ messageType }) => messageType)).toEqual([1]);
    expect(failed.information).toMatch(/404/);
    expect(failed.information).toMatch(/\(SOAR_[A-Z_]+: [a-z ]+\)$/);
    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, failed.id));
    expect(run.outcome).toBe('failed');
    expect(describeCalls(run)).toEqual(['GET 404']);
    const good = await fireAndWait(simulator, { function: 'lookup_model_by_id', inputs: { model_id: 'after' } });
    expect(good.status).toBe('Complete');
  });
});
