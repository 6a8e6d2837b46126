import type { Execute } from '@wirebook/node-kit';
import type { soarIncidentCreate } from './descriptor.ts';
import { encodeNewIncident } from './new-incident.ts';

export const executeIncidentCreate: Execute<typeof soarIncidentCreate> = async ({ config, services, clock, emit }) => {
  const body = await encodeNewIncident(config, { catalogue: services.platform.catalogue, clock });
  const answer = await services.platform.request({ method: 'POST', path: '/incidents', query: { want_full_data: 'true' }, body });
  emit('out', answer.body);
};
