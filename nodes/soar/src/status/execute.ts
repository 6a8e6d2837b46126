import type { Execute } from '@wirebook/node-kit';
import type { soarStatus } from './descriptor.ts';

export const executeStatus: Execute<typeof soarStatus> = async ({ config, message, services, emit }) => {
  await services.reply.status(config.text);
  emit('out', message);
};
