import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, describeValue, type Execute, type ExecuteContext } from '@wirebook/node-kit';
import { formatMetricsTime, resultEnvelope } from '@wirebook/soar';
import type { soarResult } from './descriptor.ts';

type ResultContext = ExecuteContext<ConfigOf<typeof soarResult>, 'out'>;

export const executeResult: Execute<typeof soarResult> = (context) => {
  const { config, message, services, emit } = context;
  services.reply.complete({
    kind: 'result',
    results: buildResults(context, config.results === undefined ? message : config.results),
    text: null,
  });
  emit('out', message);
};

function buildResults({ config, run, clock, log }: ResultContext, content: JsonValue): JsonValue {
  const reason = config.reason ?? null;
  if (!config.success && (reason === null || reason.trim() === '')) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      'field "reason": success is false and no reason is given; say why, so that the analyst can read it',
    );
  }
  if (config.envelope !== 'none') {
    const nowMs = clock.now();
    return resultEnvelope({
      version: config.envelope,
      success: config.success,
      reason,
      content,
      inputs: run.trigger.inputs,
      metrics: {
        package: run.flowName,
        packageVersion: '1.0.0',
        host: 'wirebook',
        executionTimeMs: Math.max(0, nowMs - run.trigger.receivedAtMs),
        timestamp: formatMetricsTime(nowMs),
      },
    });
  }
  if (!config.success) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      'field "success": a result without an envelope cannot say that it is no success; choose an envelope or use the node Function error',
    );
  }
  if (!isJsonObject(content)) {
    log.warn(`the result is ${describeValue(content)}, no object; without an envelope a workflow that reads it by name may fail`);
  }
  return content;
}
