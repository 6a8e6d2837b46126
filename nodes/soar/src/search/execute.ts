import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { soarSearch } from './descriptor.ts';

const path = '/search_ex';

export const executeSearch: Execute<typeof soarSearch> = async ({ config, services, log, emit }) => {
  const { platform } = services;
  const { body } = await platform.request({
    method: 'POST',
    path,
    absolute: true,
    repeatable: true,
    body: { query: config.text, org_id: platform.catalogue.orgId, ...(config.types.length === 0 ? {} : { types: [...config.types] }) },
  });
  if (!isJsonObject(body) || !Array.isArray(body.results)) {
    throw new WirebookError('SOAR_RESPONSE_INVALID', `POST ${path}: the answer has no list of results`);
  }
  log.info(`${body.results.length} found`);
  if (config.output === 'list') emit('out', body.results);
  else for (const result of body.results) emit('each', result);
};
