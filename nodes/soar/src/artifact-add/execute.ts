import type { Execute } from '@wirebook/node-kit';
import { encodeArtifact } from '../encode-artifact.ts';
import type { soarArtifactAdd } from './descriptor.ts';

export const executeArtifactAdd: Execute<typeof soarArtifactAdd> = async ({ config, services, emit }) => {
  const body = await encodeArtifact(config, services.platform.catalogue);
  const answer = await services.platform.request({ method: 'POST', path: `/incidents/${config.incidentId}/artifacts`, body });
  emit('out', answer.body);
};
