import type { Execute } from '@wirebook/node-kit';
import type { coreBatch } from './descriptor.ts';

export const executeBatch: Execute<typeof coreBatch> = async ({ config, message, services, emit }) => {
  const list = await services.waits.gather({ key: '', count: config.count, completes: false, waitMs: config.waitMs, value: message });
  if (list === null) emit('gathered', message);
  else emit('out', [...list]);
};
