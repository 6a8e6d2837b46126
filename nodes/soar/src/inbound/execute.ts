import type { Execute } from '@wirebook/node-kit';
import type { soarInbound } from './descriptor.ts';

/** The engine subscribes; the body of the message is the message. */
export const executeInbound: Execute<typeof soarInbound> = ({ message, emit }) => {
  emit('out', message);
};
