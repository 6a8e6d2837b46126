import type { Execute } from '@wirebook/node-kit';
import { encodeChanges, listNeeded, withChanges } from '../field-changes.ts';
import { qualifyName } from '../find-field.ts';
import type { soarIncidentUpdate } from './descriptor.ts';

export const executeIncidentUpdate: Execute<typeof soarIncidentUpdate> = async ({ config, services, log, emit }) => {
  const changes = await encodeChanges(services.platform.catalogue, 'incident', config.fields);
  const { after, attempts } = await services.platform.readChangeWrite({
    path: `/incidents/${config.incidentId}`,
    apply: (current) => {
      const needed = listNeeded(current, changes);
      return needed.length === 0 ? undefined : withChanges(current, needed);
    },
  });
  const names = changes.map(({ field }) => qualifyName(field)).join(', ');
  if (attempts === 0) log.info(`incident ${config.incidentId} has these values already, so nothing was written: ${names}`);
  else log.info(`incident ${config.incidentId}: wrote ${names} (${attempts} PUT)`);
  emit('out', after);
};
