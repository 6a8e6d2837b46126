import type { Clock } from '@wirebook/node-kit';
import type { StompEndpoint } from './stomp-endpoint.ts';

export interface BrokerLog {
  info(text: string): void;
  warn(text: string): void;
}

export interface BrokerConnectionOptions extends StompEndpoint {
  /** API key id, or e-mail. */
  readonly login: string;
  /** API key secret, or password. */
  readonly passcode: string;
  /** Milliseconds from the call to the broker's CONNECTED. */
  readonly connectTimeoutMs: number;
  /** Milliseconds between two signs of life that we promise and ask for; 0 is none. */
  readonly heartbeatOutgoingMs: number;
  readonly heartbeatIncomingMs: number;
  /** Milliseconds that the broker has to confirm a frame; after them the connection is made anew. 60,000 when absent. */
  readonly receiptTimeoutMs?: number | undefined;
  /** Largest body that is kept; a larger one is delivered by its size only, and so is a message with more than 64 KiB of headers. */
  readonly maxMessageBytes: number;
  readonly clock: Clock;
  /** 0 to below 1, for jitter. */
  readonly random: () => number;
  readonly log: BrokerLog;
  /** True: `connect` rejects, and nothing is tried again, when login or certificate are refused. */
  readonly failFast?: boolean | undefined;
  /** `none` is for negative controls in tests only: nothing asks for a receipt, so nothing is known to have arrived. */
  readonly receipts?: 'asked' | 'none' | undefined;
}
