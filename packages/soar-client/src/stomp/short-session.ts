import type { WirebookError } from '@wirebook/errors';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';
import type { CutMessage } from './frame-splitter.ts';
import { openStompSession, type StompSession } from './stomp-session.ts';

/** A connection for one errand, beside the one that the engine holds: what is refused or cut here touches no message in flight. */
export interface ShortSession {
  readonly session: StompSession;
  /** Replaces who hears of messages. */
  listen(listener: (message: CutMessage) => void): void;
  /** Rejects when the connection ends; never resolves. */
  readonly lost: Promise<never>;
}

const disconnectTimeoutMs = 2000;

/**
 * Connects, works, disconnects; what was delivered and not settled goes back to its queue then. Nothing is tried twice.
 *
 * @throws SOAR_BROKER_* and SOAR_TLS_* when it is not reached or refuses the login, and what `work` throws.
 */
export async function withShortSession<Result>(
  options: BrokerConnectionOptions,
  work: (short: ShortSession) => Promise<Result>,
): Promise<Result> {
  let listener: (message: CutMessage) => void = () => undefined;
  let tellLost: (error: WirebookError) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    tellLost = reject;
  });
  // Whoever waits for messages hears of it; with nobody waiting it is no news.
  lost.then(undefined, () => undefined);
  const session = await new Promise<StompSession>((resolve, reject) => {
    const opening = openStompSession(options, {
      onConnected: () => resolve(opening),
      onMessage: (message) => listener(message),
      onFrameTooLong: () => undefined,
      onClosed: (error) => {
        reject(error);
        tellLost(error);
      },
    });
  });
  try {
    return await work({
      session,
      lost,
      listen: (next) => {
        listener = next;
      },
    });
  } finally {
    await session.disconnect(disconnectTimeoutMs);
  }
}
