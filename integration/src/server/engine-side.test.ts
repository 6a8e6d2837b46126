import type { RunHead, RunView } from '@wirebook/trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { type StartedServer, startServer } from './started-server.ts';

interface RunsPage {
  readonly runs: readonly { readonly head: RunHead }[];
}

interface RunDetail {
  readonly row: unknown;
  readonly view: RunView;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly trigger: { readonly body: unknown; readonly headers: unknown };
}

let server: StartedServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => server?.close());

const getRuns = async (query: string) => (await server.get(`/api/runs?${query}`)) as RunsPage;

/** The analyst chooses a menu item, and the run of its flow is over. */
async function createTicket(): Promise<string> {
  const { incidents } = (await server.get('/api/console/incidents')) as { incidents: { id: number }[] };
  const incidentId = incidents[0]?.id ?? 0;
  const ended = () => getRuns(`flowId=create-ticket&status=succeeded&incidentId=${incidentId}&limit=200`);
  const before = (await ended()).runs.length;
  await server.post('/api/console/actions', { rule: 'Create Ticket', incidentId, properties: { ticket_priority: 'High' } });
  const page = await waitFor('the end of its run', async () => {
    const found = await ended();
    return found.runs.length > before ? found : undefined;
  });
  return page.runs[0]?.head.runId ?? '';
}

test('[server Q4, Q5] an action of an analyst is found among the runs and opened with its steps', async () => {
  const runId = await createTicket();
  const detail = (await server.get(`/api/runs/${runId}`)) as RunDetail;
  expect(detail.row).toMatchObject({ status: 'succeeded', version: 1, isCompleted: true, failedNodeIds: [] });
  expect(Object.keys(detail.inputs)).toEqual(detail.view.steps.map(({ stepId }) => String(stepId)));
  expect(detail.trigger.body).toMatchObject({ properties: expect.anything() });
  expect(JSON.stringify(detail.trigger.headers)).toContain('"Co3ContextToken":"***"');
  expect((await getRuns('text=create&limit=200')).runs.map(({ head }) => head.runId)).toContain(runId);
  const value = await server.get(`/api/runs/${runId}/value?attempt=1&stepId=1&what=trigger`);
  expect(value).toMatchObject({ value: detail.trigger.body, isTruncated: false });
});

test('[server Q6, Q9] the message of a node is recorded, and a value previewed on it', async () => {
  const runId = await createTicket();
  const { document } = (await server.get('/api/flows/create-ticket/draft')) as { document: { nodes: { id: string }[] } };
  const nodeId = document.nodes[1]?.id ?? '';
  const { recorded } = (await server.get(`/api/flows/create-ticket/nodes/${nodeId}/recorded`)) as { recorded: { runId: string } };
  expect(recorded.runId).toBe(runId);
  const preview = (value: unknown) => server.post('/api/checks/value', { document, nodeId, value });
  expect(await preview({ $expr: '$inputs.ticket_priority' })).toMatchObject({ kind: 'value', source: { runId, isSample: false } });
  expect(await preview({ $secret: 'anything' })).toEqual({ kind: 'hidden' });
});

test('[server Q7] a flow is checked against the organisation of the simulator', async () => {
  await waitFor('the definitions', () => server.get('/api/platform'));
  const document = {
    format: 1,
    id: 'f',
    name: 'F',
    nodes: [
      { id: 's', type: 'soar.function', typeVersion: 1, name: 'Call', config: { function: 'lookup_model' } },
      { id: 'r', type: 'soar.result', typeVersion: 1, name: 'Result', config: {} },
    ],
    wires: [{ from: 's.out', to: 'r.in' }],
  };
  expect(await server.post('/api/checks/flow', { document })).toMatchObject({
    problems: [{ code: 'SOAR_FUNCTION_UNKNOWN', severity: 'warning', nodeId: 's', field: 'function' }],
  });
});

test('[server M6] who is signed in sees how the engine does, with the depth of each queue of the embedded broker', async () => {
  const health = await waitFor('the health of the engine', async () => {
    const seen = (await server.get('/api/health')) as { notReady: string[]; destinations: { name: string }[] };
    return seen.notReady.length === 0 && seen.destinations.length > 0 ? seen : undefined;
  });
  expect(health).toMatchObject({
    engine: { state: 'running', reason: null },
    rest: { status: 'up' },
    broker: { status: 'up' },
    drops: { trace: 0, live: 0, poison: 0, spans: 0 },
    outbound: { circuits: [], rateWaiting: 0, connectionWaiting: 0, platformWaiting: 0, scriptsQueued: 0, stepsWaiting: 0 },
  });
  expect(health.destinations).toContainEqual(expect.objectContaining({ isSubscribed: true, depth: 0 }));
});
