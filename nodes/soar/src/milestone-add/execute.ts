import type { Execute } from '@wirebook/node-kit';
import { encodeChanges, withChanges } from '../field-changes.ts';
import type { soarMilestoneAdd } from './descriptor.ts';

export const executeMilestoneAdd: Execute<typeof soarMilestoneAdd> = async ({ config, services, clock, emit }) => {
  const { incidentId, title, date, description } = config;
  const own = [
    { field: 'title', value: title },
    { field: 'date', value: date ?? clock.now() },
    ...(description === '' ? [] : [{ field: 'description', value: description }]),
  ];
  const body = withChanges({}, await encodeChanges(services.platform.catalogue, 'milestone', own));
  const answer = await services.platform.request({ method: 'POST', path: `/incidents/${incidentId}/milestones`, body });
  emit('out', answer.body);
};
