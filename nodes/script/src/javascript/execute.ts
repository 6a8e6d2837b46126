import type { JsonObject } from '@wirebook/errors';
import type { Execute, Trigger } from '@wirebook/node-kit';
import type { scriptJavascript } from './descriptor.ts';

export const executeJavascript: Execute<typeof scriptJavascript> = async ({ config, message, run, services, signal, log, emit }) => {
  const { value, logs } = await services.scripts.run({
    source: config.source,
    scope: { message, $trigger: toScopeValue(run.trigger), $inputs: run.trigger.inputs },
    timeoutMs: config.timeoutMs,
    signal,
  });
  for (const { level, text } of logs) log[level](text);
  if (value === undefined) log.info('the script returned nothing, so no message goes on');
  else emit('out', value);
};

function toScopeValue(trigger: Trigger): JsonObject {
  return { ...trigger };
}
