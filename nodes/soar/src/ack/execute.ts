import type { Execute } from '@wirebook/node-kit';
import type { soarAck } from './descriptor.ts';

export const executeAck: Execute<typeof soarAck> = async ({ config, message, services, emit }) => {
  if (config.complete) services.reply.complete({ kind: 'acknowledge', text: config.text });
  else await services.reply.status(config.text);
  emit('out', message);
};
