import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { describeCalls, findFinishedRun } from '../harness/engine-records.ts';
import { acceptChangesFlow, chainFlow, destinationSource } from '../harness/flow-chain.ts';
import { fireAndWait, waitForEnd } from '../harness/invocations.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { waitFor } from '../harness/wait-for.ts';

const summary = 'Written by the flow';
const updateFlow = chainFlow({
  id: 'update',
  nodes: [
    destinationSource('ticket_desk', ['Create Ticket']),
    {
      id: 'update',
      type: 'soar.incident-update',
      config: { incidentId: { $expr: 'incident.id' }, fields: [{ field: 'analyst_summary', value: summary }] },
    },
    { id: 'ack', type: 'soar.ack', config: { text: 'Updated' } },
  ],
});

describeOnBrokers('an incident update', (setting) => {
  let proxy: RestProxy;
  let engine: EngineProcess;
  let editor: RestEditor;

  beforeAll(async () => {
    proxy = await createRestProxy({ simulator: setting.platform.simulator });
    engine = await startEngine({
      platform: setting.platform,
      flows: [updateFlow, acceptChangesFlow],
      config: { resilient: { port: proxy.port, cafile: proxy.caFile } },
    });
    editor = createRestEditor(setting.platform.simulator);
  });
  afterAll(async () => {
    proxy?.letGo();
    await engine?.stop();
    await editor?.close();
    await proxy?.close();
  });

  function fire(incident: number) {
    return { rule: 'Create Ticket', incident, properties: { ticket_priority: 'Low' } };
  }

  test('a 409 is answered by reading again and writing again, and each try is in the trace', async () => {
    const { simulator } = setting.platform;
    const [, incident] = await listIncidentIds(editor);
    simulator.faults.addRestFault({ kind: 'status', status: 409, method: 'PUT', path: `/rest/orgs/201/incidents/${incident}`, count: 2 });
    const invocation = await fireAndWait(simulator, fire(incident));
    expect(invocation).toMatchObject({ status: 'Complete', information: 'Updated' });
    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
    expect(
      describeCalls(run)
        .filter((call) => /PUT|GET 200/.test(call))
        .slice(-6),
    ).toEqual(['GET 200', 'PUT 409', 'GET 200', 'PUT 409', 'GET 200', 'PUT 200']);
    expect(await readSummary(editor, incident)).toContain(summary);
  });

  test('three editors who are faster each time lose nothing, one of them on the same field, and the body is what was read but for that field', async () => {
    const { simulator } = setting.platform;
    const [incident] = await listIncidentIds(editor);
    const path = `/incidents/${incident}`;
    const before = await editor.readObject(path);
    proxy.hold('PUT', /\/incidents\/\d+/);
    const id = await simulator.invocations.fire(fire(incident));

    const edits: readonly ((current: JsonObject) => JsonObject)[] = [
      (current) => ({ ...current, city: 'Easthaven' }),
      (current) => ({ ...current, properties: { ...propertiesOf(current), affected_accounts: 17, members_informed: true } }),
      (current) => ({
        ...current,
        name: 'Renamed meanwhile',
        properties: { ...propertiesOf(current), analyst_summary: '<div>By an analyst</div>' },
      }),
    ];
    for (const edit of edits) {
      const held = await proxy.nextHeld();
      const answer = await editor.call('PUT', path, edit(await editor.readObject(path)));
      expect(answer.status).toBe(200);
      held.release();
    }
    const last = await proxy.nextHeld();
    const read = await editor.readObject(path);
    last.release();
    proxy.letGo();
    const invocation = await waitForEnd(simulator, id);
    expect(invocation).toMatchObject({ status: 'Complete', information: 'Updated', completingReplies: 1 });

    if (!isJsonObject(last.body)) throw new Error('the PUT carried no object');
    const differences = listDifferences(read, last.body);
    expect(differences.map(({ at }) => at)).toEqual(['properties.analyst_summary']);
    expect(JSON.stringify(differences[0]?.right)).toContain(summary);

    const after = await editor.readObject(path);
    expect(after).toMatchObject({
      city: 'Easthaven',
      name: 'Renamed meanwhile',
      properties: { affected_accounts: 17, members_informed: true },
      vers: Number(before.vers) + 4,
    });
    expect(await readSummary(editor, incident)).toContain(summary);
    const changed = listDifferences(before, after).map(({ at }) => at);
    expect(changed.sort()).toEqual([
      'city',
      'inc_last_modified_date',
      'name',
      'properties.affected_accounts',
      'properties.analyst_summary',
      'properties.members_informed',
      'vers',
    ]);

    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
    expect(describeCalls(run).filter((call) => call.startsWith('PUT'))).toEqual(['PUT 409', 'PUT 409', 'PUT 409', 'PUT 200']);
  });
});

async function listIncidentIds(editor: RestEditor): Promise<[number, number]> {
  const [first, second] = (await editor.readList('/incidents')).map(({ id }) => Number(id)).sort((left, right) => left - right);
  if (first === undefined || second === undefined) throw new Error('the demonstration organisation has fewer than two incidents');
  return [first, second];
}

async function readSummary(editor: RestEditor, incident: number): Promise<string> {
  return JSON.stringify(propertiesOf(await editor.readObject(`/incidents/${incident}`)).analyst_summary);
}

function propertiesOf(incident: JsonObject): JsonObject {
  if (!isJsonObject(incident.properties)) throw new Error('the incident has no properties');
  return incident.properties;
}

interface Difference {
  readonly at: string;
  readonly right: JsonValue | undefined;
}

/** Property by property; rich texts and lists are compared as wholes. */
function listDifferences(left: JsonObject, right: JsonObject, prefix = ''): Difference[] {
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => {
    const [one, other] = [left[key], right[key]];
    const at = `${prefix}${key}`;
    if (key === 'properties' && isJsonObject(one) && isJsonObject(other)) return listDifferences(one, other, `${at}.`);
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ at, right: other }];
  });
}
