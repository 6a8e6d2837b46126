import type { Execute } from '@wirebook/node-kit';
import type { coreThrottle } from './descriptor.ts';

export const executeThrottle: Execute<typeof coreThrottle> = async ({ config, message, services, emit }) => {
  const key = JSON.stringify(config.key ?? null);
  if (config.skips) {
    // A claim outlives the process, which the time of the last one to go on does not.
    emit(services.waits.claim({ key, windowMs: config.intervalMs }) ? 'out' : 'skipped', message);
    return;
  }
  await services.waits.wait({ kind: 'throttle', waitMs: config.intervalMs, key });
  emit('out', message);
};
