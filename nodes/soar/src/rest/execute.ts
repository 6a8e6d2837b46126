import { WirebookError } from '@wirebook/errors';
import { type Execute, encodeRestPath } from '@wirebook/node-kit';
import type { soarRest } from './descriptor.ts';

export const executeRest: Execute<typeof soarRest> = async ({ config, services, emit }) => {
  if (config.method === 'GET' && config.body !== undefined) {
    throw new WirebookError('NODE_INPUT_INVALID', 'field "body": a GET carries no body; choose POST, or use the query parameters');
  }
  const response = await services.platform.request({
    method: config.method,
    path: encodeRestPath(config.path),
    query: config.query,
    body: config.body,
    handleFormat: config.handleFormat,
    absolute: config.absolute,
    timeoutMs: config.timeoutMs,
    repeatable: config.repeatable,
  });
  emit('out', config.output === 'body' ? response.body : { status: response.status, body: response.body });
};
