import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emptyOrgId } from '../credentials.ts';
import { createPlatformCaller, type PlatformCaller } from '../platform-caller.stand-in.ts';
import { createSimulator, type Simulator } from '../simulator.ts';
import type { DeskChange } from './change-feed.ts';

let simulator: Simulator;
let caller: PlatformCaller;

beforeAll(async () => {
  simulator = await createSimulator();
  caller = createPlatformCaller(simulator);
});
afterEach(() => simulator.reset());
afterAll(async () => {
  await caller.close();
  await simulator.close();
});

const firstId = 2101;
const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
const textsOf = (fields: readonly { readonly name: string; readonly text: string }[]) =>
  Object.fromEntries(fields.map(({ name, text }) => [name, text]));

test('[D1] incidents are listed newest first, with severity, status and owner as people read them', () => {
  const { desk } = simulator;
  expect(desk.orgName).toBe('Harbour Lane Credit Union');
  const incidents = desk.listIncidents();
  expect(incidents.map(({ id }) => id)).toEqual([2105, 2104, 2103, 2102, 2101]);
  expect(incidents.at(-1)).toMatchObject({ severity: 'Medium', status: 'Active', owner: 'Nora Lindqvist', artifactCount: 3, noteCount: 2 });
});

test('[D2] values are shown as people read them: labels, Yes and No, dates in ISO 8601, rich text as stored', async () => {
  const reviewMs = Date.UTC(2026, 3, 9);
  const created = await caller.org('POST', '/incidents', {
    name: 'Dates',
    discovered_date: Date.UTC(2026, 3, 5, 6, 7, 8),
    description: { format: 'html', content: '<b>a</b> &amp; b' },
    properties: { next_review_date: reviewMs, members_informed: true, affected_systems: ['Mail', 'Payroll'], affected_accounts: 0 },
  });
  const incident = simulator.desk.getIncident(Number(created.at('id')));
  expect(incident.descriptionHtml).toBe('<b>a</b> &amp; b');
  expect(textsOf(incident.fields)).toMatchObject({
    next_review_date: '2026-04-09',
    discovered_date: '2026-04-05T06:07:08Z',
    members_informed: 'Yes',
    affected_systems: 'Mail, Payroll',
    affected_accounts: '0',
    containment_stage: '',
    phase_id: 'Initial',
  });
  expect(incident.fields.find(({ name }) => name === 'analyst_summary')).toMatchObject({ label: 'Analyst Summary', isRichText: true });
  expect(() => simulator.desk.getIncident(1)).toThrow(expect.objectContaining({ details: { status: 404, hint: null } }));
});

test('[D2] artifacts, notes and rows have a title of one line; notes come newest first, answers among them', async () => {
  const longText = `<div>${'word '.repeat(60)}</div>`;
  await caller.org('POST', `/incidents/${firstId}/comments`, { text: { format: 'html', content: longText } });
  await caller.org('POST', `/incidents/${firstId}/comments`, { text: 'R&D\nasks', parent_id: 11 });
  const { artifacts, notes, tables } = simulator.desk.getIncident(firstId);
  expect(notes.map(({ title }) => title.slice(0, 20))).toEqual([
    'R&D asks',
    'word word word word ',
    'Teller 2 changed her',
    'The mail gateway has',
  ]);
  expect(notes[1]?.title).toHaveLength(100);
  expect(notes[1]?.fields[0]).toMatchObject({ name: 'text', text: longText, isRichText: true });
  expect(artifacts[1]).toMatchObject({ id: 22, title: '198.51.100.23', fields: [{ text: 'IP Address' }, {}, { isRichText: true }] });
  expect(namesOf(tables[0]?.columns ?? [])).toEqual(['ticket', 'opened_on', 'priority', 'queue_position', 'teams', 'is_open']);
  expect(tables[0]?.rows[0]?.title).toMatch(/^SD-40117 \| 20\d\d-\d\d-\d\dT[\d:]{8}Z \| High \| 1 \| Mail \| Yes$/);
});

test('[D3] an object offers the menu rules of its type whose conditions hold, with the rows of their forms', async () => {
  const severityIsHigh = { fieldName: 'incident.severity_code', method: 'equals', value: 'High', evaluationId: null };
  const isUrl = { fieldName: 'artifact.type', method: 'equals', value: 'URL', evaluationId: null };
  const unreadable = { fieldName: 'incident.no_such', method: 'equals', value: 1, evaluationId: null };
  await simulator.addContent(simulator.orgId, {
    rules: [
      { name: 'Only High', kind: 'menu', objectType: 'incident', destinations: ['ticket_desk'], conditions: [severityIsHigh] },
      { name: 'Only URLs', kind: 'menu', objectType: 'artifact', destinations: ['ticket_desk'], conditions: [isUrl] },
      { name: 'Broken', kind: 'menu', objectType: 'note', destinations: ['ticket_desk'], conditions: [unreadable] },
      { name: 'Row Menu', kind: 'menu', objectType: 'ticket_log', destinations: ['ticket_desk'] },
      { name: 'Row Change', kind: 'automatic', objectType: 'ticket_log', destinations: ['ticket_desk'] },
    ],
  });
  const medium = simulator.desk.getIncident(firstId);
  const high = simulator.desk.getIncident(2102);
  expect([namesOf(medium.actions), namesOf(high.actions)]).toEqual([
    ['Create Ticket', 'Page the Branch'],
    ['Create Ticket', 'Page the Branch', 'Only High'],
  ]);
  expect(medium.artifacts.map(({ actions }) => namesOf(actions).at(-1))).toEqual(['Only URLs', 'Lookup and Triage', 'Lookup and Triage']);
  expect([namesOf(medium.tables[0]?.rows[0]?.actions ?? []), namesOf(medium.notes[0]?.actions ?? [])]).toEqual([['Row Menu'], ['Broken']]);
  const form = medium.actions[0]?.form ?? [];
  expect(form.map((row) => (row.kind === 'header' ? row.text : row.field.name))).toEqual([
    'Opens a ticket at the service desk.',
    'ticket_priority',
    'ticket_comment',
  ]);
  expect(form[1]).toMatchObject({
    field: { label: 'Ticket Priority', required: 'always', inputType: 'select', values: [{ label: 'Low', isEnabled: true }, {}, {}, {}] },
  });
});

test('[D4] an action is run on the incident, an artifact, a note or a row, and what is wrong is said', async () => {
  await simulator.addContent(simulator.orgId, {
    rules: [{ name: 'Row Menu', kind: 'menu', objectType: 'ticket_log', destinations: ['branch_pager'] }],
  });
  const { desk, invocations } = simulator;
  const onRow = await desk.fire({ rule: 'Row Menu', incidentId: firstId, object: { type: 'row', id: 81 } });
  expect(invocations.find(onRow)).toMatchObject({ name: 'Row Menu', incident: firstId, status: 'Complete' });
  const onIncident = await desk.fire({ rule: 'Create Ticket', incidentId: firstId, properties: { ticket_priority: 'High' } });
  expect(invocations.find(onIncident)?.status).toBe('Pending');
  const wrong: [Parameters<typeof desk.fire>[0], object][] = [
    [{ rule: 'Create Ticket', incidentId: firstId }, { message: 'Field ticket_priority is required.' }],
    [
      { rule: 'Create Ticket', incidentId: 1 },
      { message: 'Unable to find object with ID 1.', details: { status: 404, hint: null } },
    ],
    [
      { rule: 'Row Menu', incidentId: 2103, object: { type: 'row', id: 81 } },
      { message: 'Incident 2103 has no row 81.', details: { status: 404, hint: null } },
    ],
    [{ rule: 'No Such', incidentId: firstId }, { code: 'SIMULATOR_REQUEST_INVALID' }],
  ];
  for (const [request, error] of wrong) await expect(desk.fire(request)).rejects.toMatchObject(error);
});

test('[D5] every change of an incident, of what is in it and of an action is told, and those of other organisations are not', async () => {
  const seen: DeskChange[] = [];
  const forget = simulator.desk.onChange((change) => seen.push(change));
  const take = () => seen.splice(0).map(({ incidentId, what }) => `${what} ${incidentId}`);
  const note = await caller.org('POST', `/incidents/${firstId}/comments`, { text: 'new' });
  expect(take()).toEqual([`object ${firstId}`]);
  await caller.org('DELETE', `/incidents/${firstId}/comments/${note.at('id')}`);
  await caller.org('DELETE', `/incidents/${firstId}/artifacts/21`);
  await caller.org('DELETE', `/incidents/${firstId}/table_data/ticket_log/row_data/81`);
  await caller.org('DELETE', '/incidents/2105');
  expect(take()).toEqual([`object ${firstId}`, `object ${firstId}`, `object ${firstId}`, 'object 2105']);
  const id = await simulator.desk.fire({ rule: 'Create Ticket', incidentId: firstId, properties: { ticket_priority: 'Low' } });
  expect(take()).toEqual([`action ${firstId}`]);
  await simulator.publish({
    destination: 'acks.201.ticket_desk',
    headers: { 'correlation-id': `invid:${id}` },
    body: new TextEncoder().encode('{"message_type":0,"message":"done","complete":true}'),
  });
  await expect.poll(() => new Set(seen.map(({ what }) => what))).toEqual(new Set(['action']));
  await simulator.addContent(emptyOrgId, {
    incidents: [{ body: { name: 'x', discovered_date: 1 }, notes: ['n'], artifacts: [], rows: [] }],
  });
  take();
  await simulator.reset();
  expect(take().at(-1)).toBe('reset null');
  forget();
  await caller.org('POST', `/incidents/${firstId}/comments`, { text: 'unheard' });
  expect(seen).toEqual([]);
});
