import { expect, test } from 'vitest';
import { valueAt } from '../json-value.ts';
import { createActionWorld } from './action-world.stand-in.ts';

test('[A1] a menu rule puts one message on its destination with the headers a reply needs', async () => {
  const { actions, broker, incident } = await createActionWorld();
  const invocation = await actions.fire({ rule: 'Create Ticket', incident: incident.id, properties: { ticket_priority: 'High' } });
  expect(broker.published).toHaveLength(1);
  expect(broker.published[0]).toMatchObject({
    destination: 'actions.201.ticket_desk',
    headers: {
      'reply-to': '/queue/acks.201.ticket_desk',
      'correlation-id': `invid:${invocation.id}`,
      Co3ContextToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      Co3MessagePayload: 'ActionDataDTO',
      Co3ContentType: 'application/json',
    },
  });
});

test('[A2] an action message carries rule, object, incident, activity fields, user and labels by id', async () => {
  const { actions, broker, incident, org, ruleId } = await createActionWorld();
  await actions.fire({ rule: 'Create Ticket', incident: incident.id, properties: { ticket_priority: 'Critical', ticket_comment: 'soon' } });
  const body = broker.bodyAt(0);
  expect(body).toMatchObject({ action_id: ruleId('Create Ticket'), object_type: 0, task: null, artifact: null, note: null });
  expect(body.incident).toEqual(incident.state);
  const priority = valueAt(body, 'properties.ticket_priority');
  expect(priority).toBeTypeOf('number');
  expect(valueAt(body, `type_info.actioninvocation.fields.ticket_priority.values.${priority}.label`)).toBe('Critical');
  expect(valueAt(body, 'properties.ticket_comment')).toBe('soon');
  const severity = valueAt(body, 'incident.severity_code');
  expect(valueAt(body, `type_info.incident.fields.severity_code.values.${severity}.label`)).toBe('Medium');
  const [user] = org.users.values();
  expect(body.user).toMatchObject({ id: user?.id, email: user?.email, fname: user?.firstName });
});

test('[A2] a rule on a table row carries the row, and the type id of its table', async () => {
  const content = { rules: [{ name: 'Row', kind: 'menu', objectType: 'ticket_log', destinations: ['ticket_desk'] }] } as const;
  const { actions, broker, incident, org } = await createActionWorld({ content });
  const [row] = incident.rows.values();
  await actions.fire({ rule: 'Row', incident: incident.id, object: { type: 'ticket_log', id: row?.id ?? 0 } });
  const body = broker.bodyAt(0);
  expect(body.object_type).toBe(org.types.get('ticket_log')?.id);
  expect(body.row).toMatchObject({ id: row?.id, type_id: body.object_type, version: 1 });
});

test.each([
  ['a required activity field is missing', {}, /Field ticket_priority is required/],
  ['an activity field is unknown', { ticket_priority: 'Low', colour: 'red' }, /no activity field colour/],
  ['a label is unknown', { ticket_priority: 'Sometime' }, /one of: Low, Medium, High, Critical/],
])('[A3] nothing is sent when %s', async (_name, properties, message) => {
  const { actions, broker, incident, log } = await createActionWorld();
  await expect(actions.fire({ rule: 'Create Ticket', incident: incident.id, properties })).rejects.toThrow(message);
  expect(broker.published).toEqual([]);
  expect(log.list()).toEqual([]);
});

test('[A3] a menu rule runs on objects of its type only, and where its conditions hold', async () => {
  const content = {
    rules: [
      {
        name: 'Addresses only',
        kind: 'menu',
        objectType: 'artifact',
        destinations: ['ticket_desk'],
        conditions: [{ fieldName: 'artifact.type', method: 'equals', value: 'IP Address', evaluationId: null }],
      },
    ],
  } as const;
  const { actions, broker, incident } = await createActionWorld({ content });
  const [url, address] = incident.artifacts.values();
  const fireOn = (id: number | undefined) =>
    actions.fire({ rule: 'Addresses only', incident: incident.id, object: { type: 'artifact', id: id ?? 0 } });
  await expect(actions.fire({ rule: 'Addresses only', incident: incident.id })).rejects.toThrow(/runs on artifact/);
  await expect(fireOn(url?.id)).rejects.toThrow(/do not hold/);
  await expect(fireOn(999_999)).rejects.toThrow(/has no artifact 999999/);
  await fireOn(address?.id);
  expect(broker.published).toHaveLength(1);
});

test('[A15] where no acknowledgement is expected the action is complete at once, and an error still shows', async () => {
  const { actions, broker, incident, log } = await createActionWorld();
  const { id } = await actions.fire({ rule: 'Page the Branch', incident: incident.id });
  expect(log.find(id)).toMatchObject({ status: 'Complete', replies: [], completingReplies: 0 });
  broker.reply(0, { message_type: 1, message: 'nobody answers the pager', complete: true });
  expect(log.find(id)).toMatchObject({ status: 'Error', information: 'nobody answers the pager', completingReplies: 1 });
});
