import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import { encodeQuery, readPages } from '../query-pages.ts';
import type { soarArtifactSearch } from './descriptor.ts';

export const executeArtifactSearch: Execute<typeof soarArtifactSearch> = async ({ config, services, log, emit }) => {
  const { platform } = services;
  const found = await readPages(
    { platform, log },
    {
      request: { path: `/incidents/${config.incidentId}/artifacts/query_paged`, handleFormat: 'names' },
      body: await encodeQuery(config, { platform, typeName: 'artifact' }),
      limit: config.limit,
      words: 'artifacts',
    },
  );
  const artifacts = config.withHits ? found.filter(hasHits) : found;
  if (config.output === 'list') emit('out', [...artifacts]);
  else for (const artifact of artifacts) emit('each', artifact);
};

function hasHits(artifact: JsonValue): boolean {
  return isJsonObject(artifact) && Array.isArray(artifact.hits) && artifact.hits.length > 0;
}
