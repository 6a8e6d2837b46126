import type { Execute } from '@wirebook/node-kit';
import { encodeQuery, readPages } from '../query-pages.ts';
import type { soarIncidentSearch } from './descriptor.ts';

export const executeIncidentSearch: Execute<typeof soarIncidentSearch> = async ({ config, services, log, emit }) => {
  const { platform } = services;
  const incidents = await readPages(
    { platform, log },
    {
      request: { path: '/incidents/query_paged', query: { return_level: config.fieldsRead }, handleFormat: config.handles },
      body: await encodeQuery(config, { platform, typeName: 'incident' }),
      limit: config.limit,
      words: 'incidents',
    },
  );
  if (config.output === 'list') emit('out', [...incidents]);
  else for (const incident of incidents) emit('each', incident);
};
