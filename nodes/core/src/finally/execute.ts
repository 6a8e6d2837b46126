import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { coreFinally } from './descriptor.ts';

/** The engine builds the message when the run has ended; here it leaves. */
export const executeFinally: Execute<typeof coreFinally> = ({ message, emit }) => {
  if (!isJsonObject(message) || typeof message.outcome !== 'string') {
    throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'a finally node was started before the run had ended; it has no input of its own');
  }
  emit('out', message);
};
