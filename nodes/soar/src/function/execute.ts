import type { Execute } from '@wirebook/node-kit';
import type { soarFunction } from './descriptor.ts';

/** The engine subscribes, matches the name and flattens the inputs; they are the message. */
export const executeFunction: Execute<typeof soarFunction> = ({ message, emit }) => {
  emit('out', message);
};
