import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { describeCalls, findFinishedRun } from '../harness/engine-records.ts';
import { acceptChangesFlow, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';

describeOnBrokers('the menu item Create Ticket', (setting) => {
  let engine: EngineProcess;
  let editor: RestEditor;

  beforeAll(async () => {
    engine = await startEngine({ platform: setting.platform, flows: [sampleFlow('create-ticket'), acceptChangesFlow] });
    editor = createRestEditor(setting.platform.simulator);
  });
  afterAll(async () => {
    await engine?.stop();
    await editor?.close();
  });

  test('its activity field reaches a row of the table, a note, the status and the acknowledgement', async () => {
    const { simulator } = setting.platform;
    const incident = await editor.findIncidentId();
    const table = `/incidents/${incident}/table_data/ticket_log?handle_format=names`;
    const rowsBefore = readRows(await editor.readObject(table));
    const notesBefore = await editor.readList(`/incidents/${incident}/comments`);

    const invocation = await fireAndWait(simulator, { rule: 'Create Ticket', incident, properties: { ticket_priority: 'High' } });

    const number = `SD-${50_000 + incident * 100 + rowsBefore.length}`;
    expect(invocation).toMatchObject({ status: 'Complete', information: `Ticket ${number} opened`, completingReplies: 1 });
    expect(invocation.replies.map(({ message, complete }) => ({ message, complete }))).toEqual([
      { message: `Ticket ${number} is in the log`, complete: false },
      { message: `Ticket ${number} opened`, complete: true },
    ]);
    const rows = readRows(await editor.readObject(table));
    expect(rows.length).toBe(rowsBefore.length + 1);
    expect(rows.at(-1)).toMatchObject({ cells: { ticket: { value: number }, priority: { value: 'High' }, is_open: { value: true } } });
    const notes = await editor.readList(`/incidents/${incident}/comments`);
    expect(notes.length).toBe(notesBefore.length + 1);
    expect(JSON.stringify(notes)).toContain(`Ticket ${number} was opened with priority High.`);
    const [line] = simulator.invocations.actionStatus().filter(({ name }) => name === 'Create Ticket');
    expect(line).toMatchObject({ status: 'Complete', type: 'Rule', name: 'Create Ticket', information: `Ticket ${number} opened` });

    const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
    expect(run.head).toMatchObject({ triggerKind: 'action', triggerName: 'Create Ticket', incidentId: incident });
    expect(describeCalls(run).filter((call) => call.startsWith('POST'))).toEqual(['POST 200', 'POST 200']);
  });

  test('every REST call of a run carries the context token of its message', async () => {
    const { simulator } = setting.platform;
    const incident = await editor.findIncidentId();
    const before = simulator.requests().length;
    await fireAndWait(simulator, { rule: 'Create Ticket', incident, properties: { ticket_priority: 'Low' } });
    const writes = simulator
      .requests()
      .slice(before)
      .filter(({ method }) => method !== 'GET');
    expect(writes.map(({ contextToken }) => contextToken)).toEqual(['known', 'known']);
  });
});

function readRows(table: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (!Array.isArray(table.rows)) throw new Error('the table has no rows');
  return table.rows;
}
