import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import { saveContent } from '../save-content.ts';
import type { soarArtifactDownload } from './descriptor.ts';

export const executeArtifactDownload: Execute<typeof soarArtifactDownload> = async ({ config, services, emit }) => {
  const path = `/incidents/${config.incidentId}/artifacts/${config.artifactId}`;
  const { body } = await services.platform.request({ method: 'GET', path });
  const facts = isJsonObject(body) ? (body.attachment ?? null) : null;
  if (facts === null) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `field "artifactId": artifact ${config.artifactId} has no file; ask for those whose "attachment" is not null`,
    );
  }
  emit('out', await saveContent(services, { ...config, facts, fallbackName: `artifact-${config.artifactId}`, path: `${path}/contents` }));
};
