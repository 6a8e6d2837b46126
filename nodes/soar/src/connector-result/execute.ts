import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import { connectorEnvelope } from '@wirebook/soar';
import type { soarConnectorResult } from './descriptor.ts';

export const executeConnectorResult: Execute<typeof soarConnectorResult> = ({ config, message, run, services, clock, emit }) => {
  const { trigger } = run;
  if (trigger.kind !== 'connector') {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `this run was started by ${trigger.kind === 'action' ? 'a rule' : `a ${trigger.kind}`}, not by a connector request; use the node Function result or Acknowledge`,
    );
  }
  const reason = config.reason ?? null;
  if (!config.success && (reason === null || reason.trim() === '')) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      'field "reason": success is false and no reason is given; say why, so that the analyst can read it',
    );
  }
  const results = connectorEnvelope({
    originator: objectAt(trigger.body, 'request_originator'),
    success: config.success,
    reason,
    statusCode: config.statusCode,
    content: config.content === undefined ? message : config.content,
    contentType: textAt(objectAt(trigger.body, 'request_payload'), 'response_content_type') ?? 'application/json',
    metrics: {
      package: run.flowName,
      packageVersion: '1.0.0',
      host: 'wirebook',
      executionTimeMs: Math.max(0, clock.now() - trigger.receivedAtMs),
    },
  });
  services.reply.complete({ kind: 'result', results, text: null });
  emit('out', message);
};

function objectAt(object: JsonObject, key: string): JsonObject {
  const value: JsonValue | undefined = Object.hasOwn(object, key) ? object[key] : undefined;
  return isJsonObject(value) ? value : {};
}

function textAt(object: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
