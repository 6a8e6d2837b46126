import type { Execute } from '@wirebook/node-kit';
import type { soarConnector } from './descriptor.ts';

/** The engine subscribes, and follows the queues that come and go; the body of the request is the message. */
export const executeConnector: Execute<typeof soarConnector> = ({ message, emit }) => {
  emit('out', message);
};
