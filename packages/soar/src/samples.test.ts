import { existsSync, readFileSync } from 'node:fs';
import { isJsonObject, type JsonObject } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { classifyMessage, findFunctionName } from './classify-message.ts';
import { flattenInputs } from './flatten-inputs.ts';
import { parseMessageBody } from './message-body.ts';
import { readMessageHeaders } from './message-headers.ts';
import { parseReply } from './parse-reply.ts';
import { getLabel } from './type-info.ts';

const samplesFolder = '/work/shared/samples';
const withSamples = test.skipIf(!existsSync(samplesFolder));

function readSample(name: string): JsonObject {
  return parseMessageBody(readFileSync(`${samplesFolder}/${name}.json`));
}

function readMessage(name: string): { destination: string; headers: Record<string, string>; body: JsonObject } {
  const sample = readSample(name);
  if (!isJsonObject(sample.headers) || !isJsonObject(sample.body)) throw new Error(`${name} is no message.`);
  const headers = Object.fromEntries(Object.entries(sample.headers).map(([key, value]) => [key, String(value)]));
  return { destination: headers.destination ?? '', headers, body: sample.body };
}

withSamples.each([
  ['function_message', 'function'],
  ['action_artifact_menu_item', 'action'],
  ['action_incident_rule', 'action'],
  ['action_task', 'action'],
  ['inbound_message', 'inbound'],
  ['low_code_message', 'connector'],
])('[V8] the sample %s is of the kind %s', (name, kind) => {
  expect(classifyMessage(readMessage(name))).toBe(kind);
});

withSamples('[V9] the inputs of the sample call are flattened as the reply of the sample shows them', () => {
  const { body } = readMessage('function_message');
  const reply = parseReply(JSON.stringify(readSample('replies').function_success_app_function));
  expect(findFunctionName(body)).toBe('mock_function_one');
  const flat = isJsonObject(body.inputs) ? flattenInputs(body.inputs) : undefined;
  expect(flat).toEqual(isJsonObject(reply.results) ? reply.results.inputs : null);
});

withSamples('[V10] the activity field of the sample menu action has its label', () => {
  const { body } = readMessage('action_artifact_menu_item');
  expect(getLabel({ typeInfo: body.type_info, typeName: 'actioninvocation', field: 'sn_record_state', value: 63 })).toBe('Resolved');
});

withSamples('[V6] an inbound message has neither reply-to nor token', () => {
  expect(readMessageHeaders(readMessage('inbound_message').headers)).toEqual({
    replyTo: null,
    correlationId: null,
    contextToken: null,
    timestampMs: 1607356528000,
    payloadKind: null,
  });
});
