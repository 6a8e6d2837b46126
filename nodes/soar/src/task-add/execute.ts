import type { Execute } from '@wirebook/node-kit';
import { encodeChanges, withChanges } from '../field-changes.ts';
import type { soarTaskAdd } from './descriptor.ts';

export const executeTaskAdd: Execute<typeof soarTaskAdd> = async ({ config, services, emit }) => {
  const { incidentId, name, instructions, fields } = config;
  const own = [{ field: 'name', value: name }, ...(instructions === '' ? [] : [{ field: 'instructions', value: instructions }])];
  const body = withChanges({}, await encodeChanges(services.platform.catalogue, 'task', [...own, ...fields]));
  const answer = await services.platform.request({ method: 'POST', path: `/incidents/${incidentId}/tasks`, body });
  emit('out', answer.body);
};
