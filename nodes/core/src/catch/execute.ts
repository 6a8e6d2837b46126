import { getErrorEntry, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { coreCatch } from './descriptor.ts';

/** The engine chooses the catch node by its config; here the failure becomes a message. */
export const executeCatch: Execute<typeof coreCatch> = ({ message, failure, emit }) => {
  if (failure === undefined) {
    throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'a catch node was started without an error; it has no input of its own');
  }
  const { code, message: text, details } = failure.error;
  const { blame, hint } = getErrorEntry(code);
  emit('out', {
    error: { code, message: text, blame, hint, ...(details === undefined ? {} : { details }) },
    node: { id: failure.nodeId, name: failure.nodeName },
    message,
  });
};
