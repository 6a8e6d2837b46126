import { toWirebookError } from '@wirebook/errors';
import type { ConnectionState } from '@wirebook/node-kit';

export interface ConnectionStates {
  get(): ConnectionState;
  /** Tells the listeners, unless nothing changed. */
  set(state: ConnectionState): void;
  listen(listener: (state: ConnectionState) => void): () => void;
}

/** The state of a connection and those who want to know. A listener that throws is reported and does not stop the others. */
export function createConnectionStates(onFailure: (text: string) => void): ConnectionStates {
  let current: ConnectionState = { status: 'connecting', code: null, reason: null, session: 0 };
  const listeners = new Set<(state: ConnectionState) => void>();
  return {
    get: () => current,
    set: (state) => {
      if (
        state.status === current.status &&
        state.code === current.code &&
        state.reason === current.reason &&
        state.session === current.session
      ) {
        return;
      }
      current = state;
      for (const listener of [...listeners]) {
        try {
          listener(state);
        } catch (thrown) {
          onFailure(
            `A listener for the state of the broker connection failed: ${toWirebookError(thrown, 'ENGINE_INVARIANT_BROKEN').message}`,
          );
        }
      }
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
