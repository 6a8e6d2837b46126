import type { Execute } from '@wirebook/node-kit';
import type { webForm } from './descriptor.ts';

/** The engine host shows the page and checks what was filled in; the values are the message. */
export const executeForm: Execute<typeof webForm> = ({ message, emit }) => {
  emit('out', message);
};
