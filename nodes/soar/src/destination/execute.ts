import type { Execute } from '@wirebook/node-kit';
import type { soarDestination } from './descriptor.ts';

/** The engine subscribes and matches the rule; the body of the message is the message. */
export const executeDestination: Execute<typeof soarDestination> = ({ message, emit }) => {
  emit('out', message);
};
