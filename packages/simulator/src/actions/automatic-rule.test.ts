import { expect, test } from 'vitest';
import { addArtifacts, addNote } from '../platform/child-writes.ts';
import type { OrganisationContent, RuleContent } from '../platform/content.ts';
import { createIncident, replaceIncident } from '../platform/incident-writes.ts';
import { createActionWorld } from './action-world.stand-in.ts';

const rule = { kind: 'automatic', objectType: 'incident', destinations: ['ticket_desk'] } as const;

function contentOf(...rules: RuleContent[]): OrganisationContent {
  return { rules };
}

function namesOf(broker: { published: readonly { destination: string }[] }): string[] {
  return broker.published.map((message) => message.destination);
}

test('[A4] an automatic rule without conditions fires at each save of an object of its type', async () => {
  const { broker, incident, place } = await createActionWorld();
  replaceIncident(place(), incident.id, incident.state);
  createIncident(place(), { name: 'new', discovered_date: 1 });
  addNote(place(), incident, { text: 'a note is another type' });
  expect(namesOf(broker)).toEqual(['actions.201.incident_changes', 'actions.201.incident_changes']);
});

test('[A4] changed holds only when the value is another, object_added only for a new object', async () => {
  const severity = { fieldName: 'incident.severity_code', evaluationId: null } as const;
  const world = await createActionWorld({
    content: contentOf(
      { ...rule, name: 'changed', conditions: [{ ...severity, method: 'changed', value: null }] },
      { ...rule, name: 'to high', conditions: [{ ...severity, method: 'changed_to', value: 'High' }] },
      {
        ...rule,
        name: 'note',
        objectType: 'note',
        conditions: [{ fieldName: null, method: 'object_added', value: null, evaluationId: null }],
      },
    ),
  });
  const { incident, place, log } = world;
  const fired = () =>
    log
      .list()
      .map((invocation) => invocation.name)
      .filter((name) => name !== 'Incident Changed');
  replaceIncident(place(), incident.id, { ...incident.state, name: 'Another name' });
  expect(fired()).toEqual([]);
  replaceIncident(place(), incident.id, { ...incident.state, severity_code: 'Low' });
  expect(fired()).toEqual(['changed']);
  replaceIncident(place(), incident.id, { ...incident.state, severity_code: 'High' });
  expect(fired()).toEqual(['changed', 'changed', 'to high']);
  addNote(place(), incident, { text: 'x' });
  expect(fired()).toEqual(['changed', 'changed', 'to high', 'note']);
});

test('[A4] a rule on artifacts may ask about the incident as well', async () => {
  const conditions = [
    { fieldName: 'artifact.type', method: 'equals', value: 'IP Address', evaluationId: null },
    { fieldName: 'incident.severity_code', method: 'in', value: ['Medium', 'High'], evaluationId: null },
  ];
  const { broker, incident, place } = await createActionWorld({
    content: contentOf({ ...rule, name: 'a', objectType: 'artifact', conditions }),
  });
  addArtifacts(place(), incident, { type: 'URL', value: 'https://x.example' });
  expect(broker.published).toEqual([]);
  addArtifacts(place(), incident, { type: 'IP Address', value: '192.0.2.9' });
  expect(broker.bodyAt(0)).toMatchObject({ object_type: 4, artifact: { type: 1, value: '192.0.2.9' } });
});

test('[A5] the rule behind a context token is skipped, the others fire', async () => {
  const { actions, broker, incident, place, ruleId } = await createActionWorld({ content: contentOf({ ...rule, name: 'second' }) });
  replaceIncident(place(), incident.id, incident.state);
  expect(namesOf(broker)).toEqual(['actions.201.incident_changes', 'actions.201.ticket_desk']);
  const token = broker.published[0]?.headers.Co3ContextToken ?? '';
  expect(actions.book.findRuleOfToken(token)).toBe(ruleId('Incident Changed'));
  expect(actions.book.findRuleOfToken('never issued')).toBeUndefined();
  replaceIncident(place(actions.book.findRuleOfToken(token)), incident.id, incident.state);
  expect(namesOf(broker)).toEqual(['actions.201.incident_changes', 'actions.201.ticket_desk', 'actions.201.ticket_desk']);
});

test('[A6] conditions are joined by any, and by an expression over their numbers', async () => {
  const isHigh = { fieldName: 'incident.severity_code', method: 'equals', value: 'High', evaluationId: 1 };
  const isClosed = { fieldName: 'incident.plan_status', method: 'equals', value: 'Closed', evaluationId: 2 };
  const isNamed = { fieldName: 'incident.name', method: 'contains', value: 'Beta', evaluationId: 3 };
  const conditions = [isHigh, isClosed, isNamed];
  const { log, place } = await createActionWorld({
    content: contentOf(
      { ...rule, name: 'any', logic: 'any', conditions },
      { ...rule, name: 'advanced', logic: 'advanced', customCondition: '(1 OR 2) AND 3', conditions },
      { ...rule, name: 'all', conditions },
    ),
  });
  const firedBy = (name: string, severity: string): string[] => {
    const before = log.list().length;
    createIncident(place(), { name, discovered_date: 1, severity_code: severity });
    return log
      .list()
      .slice(before)
      .map((invocation) => invocation.name)
      .filter((fired) => fired !== 'Incident Changed');
  };
  expect(firedBy('Alpha', 'Low')).toEqual([]);
  expect(firedBy('Alpha', 'High')).toEqual(['any']);
  expect(firedBy('beta', 'High')).toEqual(['any', 'advanced']);
});
