import type { Execute } from '@wirebook/node-kit';
import type { coreSchedule } from './descriptor.ts';

/** The engine keeps the time; the message says which it is. */
export const executeSchedule: Execute<typeof coreSchedule> = ({ message, emit }) => {
  emit('out', message);
};
