import { expect, test } from 'vitest';
import type { OrganisationContent } from '../platform/content.ts';
import { createActionWorld } from './action-world.stand-in.ts';

const done = (results: object) => ({ message_type: 0, message: 'Completed', complete: true, results: { ...results } });

async function fireLookupAndTriage() {
  const world = await createActionWorld();
  const [artifact] = world.incident.artifacts.values();
  const { id } = await world.actions.fire({
    rule: 'Lookup and Triage',
    incident: world.incident.id,
    object: { type: 'artifact', id: artifact?.id ?? 0 },
  });
  return { ...world, artifact, id };
}

test('[A7] the inputs of a function call have the form of the wire, and an empty one is absent', async () => {
  const { actions, broker } = await createActionWorld();
  await actions.fire({
    function: 'triage_report',
    inputs: {
      report_title: 'Odd mail',
      report_count: 3,
      report_urgent: false,
      report_channel: 'Telephone',
      report_tags: ['Fraud', 'Card'],
      report_text: { format: 'html', content: '<b>bold</b>' },
      report_day: 1_607_299_200_000,
    },
  });
  expect(broker.bodyAt(0)).toMatchObject({ function: { name: 'triage_report' }, workflow: null, groups: [], playbook_instance: null });
  expect(broker.bodyAt(0).inputs).toEqual({
    report_title: 'Odd mail',
    report_count: 3,
    report_urgent: false,
    report_channel: { id: expect.any(Number), name: 'Telephone' },
    report_tags: [
      { id: expect.any(Number), name: 'Fraud' },
      { id: expect.any(Number), name: 'Card' },
    ],
    report_text: { format: 'html', content: '<b>bold</b>' },
    report_day: 1_607_299_200_000,
  });
});

test.each([
  ['an unknown input', { model_id: 'x', colour: 'red' }, /has no input colour; it has: model_id/],
  ['a missing required input', {}, /Field model_id is required/],
])('[A7] a function call with %s is refused', async (_name, inputs, message) => {
  const { actions, broker, log } = await createActionWorld();
  await expect(actions.fire({ function: 'lookup_model_by_id', inputs })).rejects.toThrow(message);
  expect([broker.published, log.list()]).toEqual([[], []]);
});

test('[A8] a workflow calls its functions in turn, with inputs from artifact, incident and literals', async () => {
  const { broker, artifact, incident, log, id, settle } = await fireLookupAndTriage();
  expect(broker.published).toHaveLength(1);
  expect(broker.bodyAt(0)).toMatchObject({
    inputs: { model_id: artifact?.value },
    workflow: { programmatic_name: 'lookup_and_triage', object_type: { id: 4, name: 'artifact' } },
  });
  broker.reply(0, done({ content: { name: 'A' } }));
  await settle();
  expect(broker.published).toHaveLength(2);
  expect(broker.bodyAt(1).inputs).toEqual({
    report_title: incident.state.name,
    report_text: { format: 'html', content: incident.state.description },
    report_count: 1,
    report_channel: { id: expect.any(Number), name: 'Mail' },
    report_moment: incident.state.discovered_date,
  });
  expect(broker.published[1]?.headers['correlation-id']).toBe(`invid:${id + 1}`);
  expect(log.find(id)).toMatchObject({ status: 'Pending' });
  expect(log.find(id + 1)?.id).toBe(id);
});

test('[A8] activity fields are inputs, too, by their labels', async () => {
  const content: OrganisationContent = {
    workflows: [
      {
        name: 'From form',
        programmaticName: 'from_form',
        objectType: 'incident',
        calls: [{ function: 'lookup_model_by_id', inputs: { model_id: { from: 'activity', field: 'ticket_priority' } }, writes: [] }],
      },
    ],
    rules: [{ name: 'Form', kind: 'menu', objectType: 'incident', workflows: ['from_form'], form: [{ field: 'ticket_priority' }] }],
  };
  const { actions, broker, incident } = await createActionWorld({ content });
  await actions.fire({ rule: 'Form', incident: incident.id, properties: { ticket_priority: 'Low' } });
  expect(broker.bodyAt(0).inputs).toEqual({ model_id: 'Low' });
});

test('[A9] results are written into a note, a field and a row', async () => {
  const { broker, incident, log, id, settle } = await fireLookupAndTriage();
  const noteCount = incident.notes.size;
  broker.reply(0, done({ content: { model: 'M&1' } }));
  await settle();
  expect([...incident.notes.values()].slice(noteCount).map((note) => note.text)).toEqual(['Model lookup: {"model":"M&amp;1"}']);
  const rowCount = incident.rows.size;
  broker.reply(1, done({ content: { summary: 'harmless', ticket: 'SD-1', priority: 'Low' } }));
  await settle();
  expect(incident.state).toMatchObject({ properties: { analyst_summary: 'harmless' } });
  expect(Object.fromEntries([...incident.rows.values()][rowCount]?.cells ?? [])).toMatchObject({ ticket: 'SD-1' });
  expect(log.find(id)).toMatchObject({ status: 'Complete', completingReplies: 2, result: { content: { ticket: 'SD-1' } } });
});

test('[A9] what a workflow writes fires automatic rules, but not the one that started it', async () => {
  const write = { to: 'field', field: 'properties.ticket_number', paths: [''] } as const;
  const call = { function: 'lookup_model_by_id', inputs: { model_id: { from: 'literal', value: 'x' } }, writes: [write] } as const;
  const { actions, broker, incident, settle } = await createActionWorld({
    content: {
      workflows: [{ name: 'W', programmaticName: 'w', objectType: 'incident', calls: [call] }],
      rules: [{ name: 'Starts W', kind: 'automatic', objectType: 'incident', workflows: ['w'] }],
    },
  });
  await actions.fire({ rule: 'Starts W', incident: incident.id });
  broker.reply(0, { message_type: 0, message: 'ok', complete: true, results: 'SD-7' });
  await settle();
  expect(incident.state).toMatchObject({ properties: { ticket_number: 'SD-7' } });
  expect(broker.published.map((message) => message.destination)).toEqual(['actions.201.fn_models', 'actions.201.incident_changes']);
});

test('[A10] an error reply ends the workflow: nothing is written, no further function is called', async () => {
  const { broker, incident, log, id, settle } = await fireLookupAndTriage();
  const noteCount = incident.notes.size;
  broker.reply(0, { message_type: 1, message: 'no such model', complete: true });
  await settle();
  expect(broker.published).toHaveLength(1);
  expect(incident.notes.size).toBe(noteCount);
  expect(log.find(id)).toMatchObject({ status: 'Error', information: 'no such model', completingReplies: 1, result: null });
});

test('[A21] a write that fails makes the invocation an error that says why', async () => {
  const { broker, log, id, settle } = await fireLookupAndTriage();
  broker.reply(0, done({ content: 'x' }));
  await settle();
  broker.reply(1, done({ content: { ticket: 'SD-1', priority: 'Whenever' } }));
  await settle();
  expect(log.find(id)).toMatchObject({ status: 'Error', information: expect.stringContaining('Field priority takes one of: Low') });
});
