import type { Execute } from '@wirebook/node-kit';
import type { soarIncidentGet } from './descriptor.ts';

export const executeIncidentGet: Execute<typeof soarIncidentGet> = async ({ config, services, emit }) => {
  const { incidentId, handles } = config;
  const answer = await services.platform.request({ method: 'GET', path: `/incidents/${incidentId}`, handleFormat: handles });
  emit('out', answer.body);
};
