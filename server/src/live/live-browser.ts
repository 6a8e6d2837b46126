import type { ServerEventName, ServerEvents } from '@wirebook/api';
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { RunsRing } from './runs-ring.ts';

export interface LiveSocketData {
  token: string;
  sessionId: string;
  userId: string;
  role: string;
}

export type LiveSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, LiveSocketData>;

/** Sends what the table of events declares. */
export function sendEvent<Name extends ServerEventName>(socket: LiveSocket, name: Name, event: ServerEvents[Name]): void {
  socket.emit(name, event);
}

/** The runs that one browser is shown. */
export interface LiveBrowser {
  watchRuns(after: number | undefined, bootId: string | undefined): void;
  unwatchRuns(): void;
  /** Sends the next batch, unless the browser has not taken the one before yet: then what falls out of the ring is counted. */
  flush(): void;
}

export function createLiveBrowser(socket: LiveSocket, ring: RunsRing): LiveBrowser {
  let position: number | null = null;
  return {
    watchRuns: (after, bootId) => {
      position = ring.begin(after, bootId);
    },
    unwatchRuns: () => {
      position = null;
    },
    flush: () => {
      if (position === null || !socket.conn.transport.writable) return;
      const next = ring.next(position);
      if (next === null) return;
      position = next.seq;
      sendEvent(socket, 'runs:batch', next);
    },
  };
}
