import type { Execute } from '@wirebook/node-kit';
import type { webWebhook } from './descriptor.ts';

/** The engine host listens and checks who sent it; the request is the message. */
export const executeWebhook: Execute<typeof webWebhook> = ({ message, emit }) => {
  emit('out', message);
};
