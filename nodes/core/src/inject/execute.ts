import type { Execute } from '@wirebook/node-kit';
import type { coreInject } from './descriptor.ts';

/** A person starts it; the message is what the form or the person gave. */
export const executeInject: Execute<typeof coreInject> = ({ message, emit }) => {
  emit('out', message);
};
