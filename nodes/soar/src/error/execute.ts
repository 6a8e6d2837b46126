import type { Execute } from '@wirebook/node-kit';
import type { soarError } from './descriptor.ts';

export const executeError: Execute<typeof soarError> = ({ config, message, services, emit }) => {
  services.reply.complete({ kind: 'error', text: config.text });
  emit('out', message);
};
