import { defineNode, type Trigger } from '@wirebook/node-kit';
import { createActionTrigger, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { soarConnectorResult } from './descriptor.ts';
import { executeConnectorResult } from './execute.ts';

const node = defineNode(soarConnectorResult, executeConnectorResult);
const originator = { org_id: 201, correlation_id: 'invid:100', function_programmatic_name: 'create_user' };

function requestTrigger(payload = {}): Trigger {
  const body = { request_originator: originator, request_payload: { server_url: 'https://api.example.com/', ...payload } };
  return { ...createActionTrigger(body), kind: 'connector', destination: 'connectors.201.main' };
}

test('[N142] the request is completed with content, status and the originator that it came with', async () => {
  const bench = testNode(node, { content: { id: 12 }, statusCode: 201 });
  await bench.send({ status: 201, body: { id: 12 } }, { trigger: requestTrigger({ response_content_type: 'text/plain' }) });
  expect(bench.replies.completion).toMatchObject({
    kind: 'result',
    results: {
      version: 1,
      request_originator: originator,
      success: true,
      reason: null,
      status_code: 201,
      content: { id: 12 },
      content_type: 'text/plain',
      metrics: { version: '2.0', host: 'wirebook' },
    },
  });
});

test('[N142] without a content the message is sent, as JSON unless the request asks for another type', async () => {
  const bench = testNode(node, {});
  await bench.send({ a: 1 }, { trigger: requestTrigger() });
  expect(bench.replies.completion).toMatchObject({ results: { content: { a: 1 }, status_code: 200, content_type: 'application/json' } });
});

test('[N142] no success without a reason', async () => {
  const bench = testNode(node, { success: false });
  const { error } = await bench.send({}, { trigger: requestTrigger() });
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringContaining('field "reason"') });
  expect(bench.replies.completion).toBeUndefined();
});

test('[N142] in a run that no connector started it fails, and says which node would do', async () => {
  const bench = testNode(node, {});
  const { error } = await bench.send({}, { trigger: createActionTrigger({}) });
  expect(error).toMatchObject({ code: 'NODE_INPUT_INVALID', message: expect.stringMatching(/started by a rule.*Acknowledge/) });
});

test.each([[{ statusCode: 99 }], [{ statusCode: '200' }], [{ success: 'yes' }]])(
  '[N142] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('soar.connector-result: config');
  },
);
