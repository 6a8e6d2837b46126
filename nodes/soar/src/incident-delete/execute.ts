import { WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { soarIncidentDelete } from './descriptor.ts';

export const executeIncidentDelete: Execute<typeof soarIncidentDelete> = async ({ config, message, services, log, emit }) => {
  try {
    await services.platform.request({ method: 'DELETE', path: `/incidents/${config.incidentId}` });
  } catch (thrown) {
    const isGone = thrown instanceof WirebookError && thrown.code === 'SOAR_NOT_FOUND';
    if (!isGone || config.whenGone === 'fail') throw thrown;
    log.info(`incident ${config.incidentId} is not there, so nothing was deleted`);
  }
  emit('out', message);
};
