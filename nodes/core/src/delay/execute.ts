import type { Execute } from '@wirebook/node-kit';
import type { coreDelay } from './descriptor.ts';

export const executeDelay: Execute<typeof coreDelay> = async ({ config, message, services, emit }) => {
  await services.waits.wait({ kind: 'defer', waitMs: config.waitMs, jitterMs: config.jitterMs });
  emit('out', message);
};
