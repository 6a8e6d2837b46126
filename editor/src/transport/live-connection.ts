import type { ServerEventName, ServerEvents, SocketAnswer, SocketEventName } from '@wirebook/api';
import { io } from 'socket.io-client';

export type LiveState = 'connecting' | 'connected' | 'disconnected';

/** The socket to the server: what is watched is watched again after each reconnect. */
export interface LiveConnection {
  readonly state: () => LiveState;
  onState(listener: (state: LiveState) => void): () => void;
  on<Name extends ServerEventName>(event: Name, listener: (body: ServerEvents[Name]) => void): () => void;
  /** Sends once; a refusal is answered, a lost connection too. */
  send(event: SocketEventName, body: object): Promise<SocketAnswer>;
  /** Watches until the given function is called; `body` is asked for again at each connect. */
  watch(topic: 'flow' | 'run' | 'runs' | 'console', body: () => object): () => void;
  close(): void;
}

const answerTimeoutMs = 10_000;

export function createLiveConnection(): LiveConnection {
  const socket = io({ path: '/api/live', transports: ['websocket', 'polling'], reconnectionDelayMax: 5000 });
  const stateListeners = new Set<(state: LiveState) => void>();
  const watches = new Set<{ readonly topic: string; readonly body: () => object }>();
  let state: LiveState = 'connecting';

  function setState(next: LiveState): void {
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  async function send(event: SocketEventName, body: object): Promise<SocketAnswer> {
    try {
      const answer: SocketAnswer = await socket.timeout(answerTimeoutMs).emitWithAck(event, body);
      return answer;
    } catch (thrown) {
      return { ok: false, code: 'SERVER_NOT_REACHED', message: `The server did not answer ${event}: ${String(thrown)}` };
    }
  }

  function isWatched(topic: string, body: object): boolean {
    const isAboutOne = topic === 'flow' || topic === 'run';
    const wanted = JSON.stringify(body);
    return [...watches].some((watch) => watch.topic === topic && (!isAboutOne || JSON.stringify(watch.body()) === wanted));
  }

  socket.on('connect', () => {
    setState('connected');
    for (const { topic, body } of watches) void send(`${topic}:watch` as SocketEventName, body());
  });
  socket.on('disconnect', () => setState('disconnected'));
  socket.on('connect_error', () => setState('disconnected'));

  return {
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    on: (event, listener) => {
      // socket.io knows its events by name only.
      const untyped = listener as (body: unknown) => void;
      socket.on(event as string, untyped);
      return () => socket.off(event as string, untyped);
    },
    send,
    watch: (topic, body) => {
      const entry = { topic, body };
      watches.add(entry);
      if (socket.connected) void send(`${topic}:watch` as SocketEventName, body());
      return () => {
        watches.delete(entry);
        // Another part of the screen may watch the same.
        if (isWatched(topic, body())) return;
        if (socket.connected) void send(`${topic}:unwatch` as SocketEventName, topic === 'flow' || topic === 'run' ? body() : {});
      };
    },
    close: () => {
      socket.close();
    },
  };
}
