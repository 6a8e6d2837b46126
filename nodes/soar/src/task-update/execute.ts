import type { Execute } from '@wirebook/node-kit';
import { encodeChanges, listNeeded, withChanges } from '../field-changes.ts';
import { qualifyName } from '../find-field.ts';
import type { soarTaskUpdate } from './descriptor.ts';

export const executeTaskUpdate: Execute<typeof soarTaskUpdate> = async ({ config, services, log, emit }) => {
  const changes = await encodeChanges(services.platform.catalogue, 'task', config.fields);
  const { after, attempts } = await services.platform.readChangeWrite({
    path: `/tasks/${config.taskId}`,
    apply: (current) => {
      const needed = listNeeded(current, changes);
      return needed.length === 0 ? undefined : withChanges(current, needed);
    },
  });
  const names = changes.map(({ field }) => qualifyName(field)).join(', ');
  log.info(
    attempts === 0
      ? `task ${config.taskId} has these values already, so nothing was written: ${names}`
      : `task ${config.taskId}: wrote ${names}`,
  );
  emit('out', after);
};
