import type { Execute } from '@wirebook/node-kit';
import type { coreAggregate } from './descriptor.ts';

export const executeAggregate: Execute<typeof coreAggregate> = async ({ config, message, services, emit }) => {
  const list = await services.waits.gather({
    key: JSON.stringify(config.key ?? null),
    count: config.count,
    completes: config.complete,
    waitMs: config.waitMs,
    value: config.value === undefined ? message : config.value,
  });
  if (list === null) emit('gathered', message);
  else emit('out', [...list]);
};
