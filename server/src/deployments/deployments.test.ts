import { WirebookError } from '@wirebook/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BrowserStandIn, type ServerUnderTest, sampleFlow, startServerUnderTest } from '../web-server.stand-in.ts';

let server: ServerUnderTest;
let ada: BrowserStandIn;

beforeEach(async () => {
  server = await startServerUnderTest();
  ada = await server.signIn('Ada');
  for (const id of ['a', 'b']) await ada.call('createFlow', { body: { name: `Flow ${id}`, document: sampleFlow(id) } });
});

afterEach(() => server.close());

function deploy(flowIds: readonly string[], more: Record<string, unknown> = {}) {
  return ada.call('deploy', { body: { flowIds, acceptWarnings: true, ...more } });
}

async function change(flowId: string, changes: readonly unknown[]): Promise<void> {
  const params = { flowId };
  const { lease, revision } = (await ada.call('takeLease', { params, body: { clientId: 'tab-of-ada', takeOver: true } })).body;
  const body = { leaseId: lease.leaseId, clientId: 'tab-of-ada', baseRevision: revision, changes };
  expect((await ada.call('saveChanges', { params, body })).body.saved).toBe(true);
}

const disable = { kind: 'nodes-disabled', nodeIds: ['n2'], disabled: true };
const acceptedIds = () => server.engine.accepted.map((set) => set.map(({ id }) => id).sort());

test('[Y1] a deployment makes a version, hands the whole set to the engine and is on record', async () => {
  await deploy(['a'], { note: 'the first' });
  const answer = await deploy(['b']);
  expect(acceptedIds()).toEqual([['a'], ['a', 'b']]);
  expect(answer.body).toEqual({
    deployments: ['a', 'b'].map((flowId) => ({
      flowId,
      flowName: `Flow ${flowId}`,
      version: 1,
      deployedAtMs: server.clock.now(),
      deployedBy: 'Ada',
    })),
    changedFlowIds: [],
  });
  expect((await ada.call('listVersions', { params: { flowId: 'a' } })).body.versions).toMatchObject([
    { number: 1, note: 'the first', isDeployed: true },
  ]);
});

test('[Y2] layout and notes make no version and no change to deploy', async () => {
  await deploy(['a']);
  await change('a', [
    { kind: 'nodes-moved', positions: { n1: [10, 20] } },
    { kind: 'node-noted', nodeId: 'n1', notes: 'hello' },
  ]);
  expect((await ada.call('listDeployments')).body.changedFlowIds).toEqual([]);
  expect((await deploy(['a'])).body.deployments[0].version).toBe(1);
  await change('a', [disable]);
  expect((await ada.call('listDeployments')).body.changedFlowIds).toEqual(['a']);
  expect((await deploy(['a'])).body.deployments[0].version).toBe(2);
});

test('[Y3] the preview says which versions, which changes and which subscriptions, and changes nothing', async () => {
  await deploy(['a']);
  await change('a', [{ kind: 'node-configured', nodeId: 'n1', config: { destination: 'other' } }]);
  const { body } = await ada.call('previewDeployment', { body: {} });
  expect(body).toMatchObject({
    flows: [
      { flowId: 'a', name: 'Flow a', revision: 1, fromVersion: 1, toVersion: 2, changes: [expect.stringContaining('destination')] },
      { flowId: 'b', fromVersion: null, toVersion: 1, changes: ['the flow starts with 2 nodes and 1 wires'] },
    ],
    subscriptions: { start: ['other', 'queue_b'], stop: ['queue_a'] },
    runsInFlight: 3,
    engineProblem: null,
  });
  expect(acceptedIds()).toEqual([['a']]);
  expect((await ada.call('listVersions', { params: { flowId: 'b' } })).body.versions).toEqual([]);
});

test('[Y3] the preview names the destinations of functions, and functions whose destination is not known', async () => {
  const source = (name: string) => ({ id: name, type: 'soar.function', typeVersion: 1, name, config: { function: name } });
  const document = { ...sampleFlow('f'), nodes: [source('known'), source('strange')], wires: [] };
  await ada.call('createFlow', { body: { name: 'F', document } });
  const { body } = await ada.call('previewDeployment', { body: { flowIds: ['f'] } });
  expect(body.subscriptions.start).toEqual(['fn_known', 'function strange']);
});

test('[Y4] errors block, warnings ask; neither makes a version', async () => {
  server.checks.run = ({ id }) => [{ code: 'FLOW_NODE_TYPE_UNKNOWN', severity: id === 'a' ? 'error' : 'warning', message: `about ${id}` }];
  const blocked = await deploy(['a', 'b']);
  expect([blocked.status, blocked.body.error.code, blocked.body.error.message]).toEqual([
    409,
    'SERVER_DEPLOY_BLOCKED',
    'a: about a [FLOW_NODE_TYPE_UNKNOWN]',
  ]);
  const warned = await deploy(['b'], { acceptWarnings: false });
  expect([warned.status, warned.body.error.code]).toEqual([409, 'SERVER_DEPLOY_WARNED']);
  expect((await ada.call('listVersions', { params: { flowId: 'b' } })).body.versions).toEqual([]);
  expect(acceptedIds()).toEqual([]);
  expect((await deploy(['b'])).status).toBe(200);
});

test('[Y5] a draft that moved on since it was looked at is refused', async () => {
  await change('a', [disable]);
  const answer = await deploy(['a'], { revisions: { a: 0 } });
  expect([answer.status, answer.body.error.code]).toEqual([409, 'SERVER_DRAFT_MOVED']);
  expect((await deploy(['a'], { revisions: { a: 1 } })).status).toBe(200);
});

test('[Y6] what the engine refuses is told with its code and is not on record', async () => {
  server.engine.refuse = () => {
    throw new WirebookError('SOAR_FUNCTION_UNKNOWN', 'there is no function x');
  };
  const answer = await deploy(['a']);
  expect([answer.status, answer.body.error.code]).toEqual([400, 'SOAR_FUNCTION_UNKNOWN']);
  expect((await ada.call('listDeployments')).body.deployments).toEqual([]);
});

test('[Y7] undeploying takes one flow out of the set', async () => {
  await deploy(['a', 'b']);
  expect((await ada.call('undeploy', { params: { flowId: 'a' } })).body.deployments).toMatchObject([{ flowId: 'b' }]);
  expect(acceptedIds().at(-1)).toEqual(['b']);
  const again = await ada.call('undeploy', { params: { flowId: 'a' } });
  expect([again.status, again.body.error.code]).toEqual([409, 'SERVER_FLOW_NOT_DEPLOYED']);
});

test('[Y8] after a restart what was deployed runs again, in the version that was deployed', async () => {
  await deploy(['a', 'b']);
  await change('a', [disable]);
  await server.restart();
  await server.server.deployments.resume();
  expect(acceptedIds().at(-1)).toEqual(['a', 'b']);
  expect(server.engine.accepted.at(-1)?.find(({ id }) => id === 'a')?.nodes[1]?.disabled).toBe(false);
});

test('[Y9] a flow that is refused at the start is marked with the reason and keeps none of the others from running', async () => {
  await deploy(['a', 'b']);
  await server.restart();
  server.engine.refuse = (flows) => {
    if (flows.some(({ id }) => id === 'a')) throw new WirebookError('SOAR_FUNCTION_UNKNOWN', 'there is no function x');
  };
  await server.server.deployments.resume();
  expect(acceptedIds().at(-1)).toEqual(['b']);
  expect((await ada.call('listDeployments')).body.deployments).toMatchObject([
    { flowId: 'a', problem: 'there is no function x [SOAR_FUNCTION_UNKNOWN]' },
    { flowId: 'b' },
  ]);
  // A deployment of another flow leaves the marked one out, one of the marked flow takes it in again.
  await deploy(['b']);
  expect(acceptedIds().at(-1)).toEqual(['b']);
  server.engine.refuse = () => undefined;
  expect((await deploy(['a'])).body.deployments[0].problem).toBeUndefined();
  expect(acceptedIds().at(-1)).toEqual(['a', 'b']);
});

test('[Y10] what may pass by itself is tried again at the start, with growing waits', async () => {
  await deploy(['a']);
  await server.restart();
  let failures = 2;
  server.engine.refuse = () => {
    failures -= 1;
    if (failures >= 0) throw new WirebookError('SOAR_REST_UNREACHABLE', 'no connection');
  };
  const before = server.engine.accepted.length;
  await server.server.deployments.resume();
  await server.clock.advance(5000);
  expect(server.engine.accepted).toHaveLength(before);
  await server.clock.advance(10_000);
  await expect.poll(() => server.engine.accepted.length).toBe(before + 1);
  expect((await ada.call('listDeployments')).body.deployments[0].problem).toBeUndefined();
});
