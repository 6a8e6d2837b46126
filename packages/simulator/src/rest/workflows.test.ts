import { expect, test } from 'vitest';
import { createActionWorld } from '../actions/action-world.stand-in.ts';
import { valueAt } from '../json-value.ts';
import { createPlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator } from '../simulator.ts';

async function openSimulator() {
  const simulator = await createSimulator();
  const caller = createPlatformCaller(simulator);
  return {
    simulator,
    caller,
    [Symbol.asyncDispose]: async () => {
      await caller.close();
      await simulator.close();
    },
  };
}

/** Texts of `resilient:function` in a process, read as JSON. */
function readCalls(xml: string): { uuid: string; settings: Record<string, unknown> }[] {
  return [...xml.matchAll(/<resilient:function uuid="([^"]+)">([^<]*)</g)].map(([, uuid = '', text = '']) => ({
    uuid,
    settings: JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')),
  }));
}

test('[R60] a workflow is shown with its calls, in their order, by the uuids of functions and fields', async () => {
  await using world = await openSimulator();
  const list = await world.caller.org('GET', '/workflows?handle_format=names');
  const entities = Array.isArray(list.at('entities')) ? (list.at('entities') as object[]) : [];
  const index = entities.findIndex((entity) => 'programmatic_name' in entity && entity.programmatic_name === 'lookup_and_triage');
  const at = (path: string) => list.at(`entities.${index}.${path}`);
  expect([at('object_type'), at('content.workflow_id')]).toEqual(['artifact', 'lookup_and_triage']);
  const calls = readCalls(String(at('content.xml')));
  const functions = await world.caller.org('GET', '/functions');
  expect(calls.map(({ uuid }) => uuid)).toEqual([functions.at('entities.0.uuid'), functions.at('entities.1.uuid')]);
  expect(calls[0]?.settings).toMatchObject({
    inputs: {},
    pre_processing_script: 'inputs.model_id = artifact.value',
    result_name: 'lookup_model_by_id',
  });
  const fields = await world.caller.org('GET', '/types/__function/fields');
  const channel = (Array.isArray(fields.body) ? fields.body : []).find((field) => valueAt(field, 'name') === 'report_channel');
  expect(calls[1]?.settings.inputs).toEqual({
    [String(valueAt(channel, 'uuid'))]: { input_type: 'static', static_input: { multiselect_value: [], select_value: 'Mail' } },
  });
  expect(calls[1]?.settings.post_processing_script).toContain('incident.properties.analyst_summary = results.content.summary');
  expect(String(at('content.xml'))).toMatch(
    /sourceRef="StartEvent_1" targetRef="ServiceTask_1".*sourceRef="ServiceTask_2" targetRef="EndEvent_1"/,
  );
  expect((await world.caller.org('GET', `/workflows/${at('workflow_id')}`)).at('name')).toBe('Lookup and Triage');
  expect((await world.caller.org('GET', '/workflows/999')).status).toBe(404);
});

test('[R61] an instance runs until its last call is answered, and a failed call terminates it', async () => {
  const fire = async () => {
    const world = await createActionWorld();
    const [artifact] = world.incident.artifacts.values();
    await world.actions.fire({ rule: 'Lookup Model', incident: world.incident.id, object: { type: 'artifact', id: artifact?.id ?? 0 } });
    const [instance] = world.org.workflowInstances.values();
    if (instance === undefined) throw new Error('the workflow has no instance');
    return { ...world, instance };
  };
  const good = await fire();
  expect(good.instance).toMatchObject({ status: 'running', endedMs: null, incidentId: good.incident.id });
  expect(good.broker.bodyAt(0)).toMatchObject({ workflow_instance: { workflow_instance_id: good.instance.id } });
  good.broker.reply(0, { message_type: 0, message: 'Completed', complete: true, results: { content: 'known' } });
  await good.settle();
  expect(good.instance).toMatchObject({ status: 'completed', reason: null, endedMs: expect.any(Number) });
  const bad = await fire();
  bad.broker.reply(0, { message_type: 1, message: 'no such model', complete: true });
  await bad.settle();
  expect(bad.instance).toMatchObject({ status: 'terminated', reason: 'no such model' });
});

test('[R61] instances are shown and listed by incident', async () => {
  await using world = await openSimulator();
  const incident = Number((await world.caller.org('GET', '/incidents')).at('0.id'));
  const artifacts = await world.caller.org('GET', `/incidents/${incident}/artifacts`);
  await world.simulator.invocations.fire({
    rule: 'Lookup Model',
    incident,
    object: { type: 'artifact', id: Number(artifacts.at('0.id')) },
  });
  const list = await world.caller.org('GET', `/incidents/${incident}/workflow_instances`);
  expect(list.at('entities.0')).toMatchObject({ status: 'running', workflow: { name: 'Lookup Model' }, object: { type_name: 'artifact' } });
  const id = Number(list.at('entities.0.workflow_instance_id'));
  expect((await world.caller.org('GET', `/workflow_instances/${id}`)).at('status')).toBe('running');
  expect((await world.caller.org('GET', '/workflow_instances/1')).status).toBe(404);
  expect((await world.caller.org('GET', '/incidents/1/workflow_instances')).status).toBe(404);
});

test('[R62] scripts and playbooks are shown; executions of playbooks there are none', async () => {
  await using world = await openSimulator();
  const scripts = await world.caller.org('GET', '/scripts?handle_format=names');
  expect(scripts.at('entities.0')).toMatchObject({ name: 'Note the Branch', language: 'python3', object_type: 'incident' });
  const script = await world.caller.org('GET', `/scripts/${scripts.at('entities.0.id')}`);
  expect(script.at('script_text')).toContain('incident.addNote');
  expect((await world.caller.org('GET', '/scripts/999')).status).toBe(404);
  const playbooks = await world.caller.org('POST', '/playbooks/query_paged?return_level=full', { start: 0, length: 1 });
  expect(playbooks.body).toMatchObject({
    recordsTotal: 1,
    data: [{ display_name: 'Model Check', activation_type: 'manual', status: 'enabled' }],
  });
  expect(readCalls(String(playbooks.at('data.0.content.xml')))).toHaveLength(1);
  expect((await world.caller.org('POST', '/playbooks/query_paged', { start: 1 })).at('data')).toEqual([]);
  expect((await world.caller.org('POST', '/playbooks/execution/query_paged', {})).body).toEqual({
    recordsTotal: 0,
    recordsFiltered: 0,
    data: [],
  });
});
