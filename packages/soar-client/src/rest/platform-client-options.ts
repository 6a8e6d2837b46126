import type { Clock } from '@wirebook/node-kit';
import type { ProxyServer } from '../proxy/proxy-tunnel.ts';

export type PlatformLogin =
  | { readonly kind: 'api-key'; readonly id: string; readonly secret: string }
  | { readonly kind: 'password'; readonly email: string; readonly password: string };

export interface PlatformTls {
  /** PEM text of the certificates that are trusted instead of Node's own list. */
  readonly caPem?: string | undefined;
  /** False gives up chain, name and date checks: a logged opt-out of the configuration, never a default. */
  readonly verify: boolean;
  /** PEM texts of what is shown to a platform that asks who calls; nothing when absent. */
  readonly client?: { readonly certPem: string; readonly keyPem: string } | undefined;
}

export interface RetryPolicy {
  /** Tries in all, the first one included; `request_max_retries`. */
  readonly attempts: number;
  /** Milliseconds before the second try. */
  readonly delayMs: number;
  /** Factor from wait to wait. */
  readonly backoff: number;
  readonly maxDelayMs: number;
}

export interface PlatformLog {
  info(text: string): void;
  warn(text: string): void;
}

export interface PlatformClientOptions {
  readonly host: string;
  readonly port: number;
  /** Path before `/rest`, e.g. `/api/respond`. */
  readonly resourcePrefix?: string | undefined;
  /** Name, uuid or cloud account; may be absent when the login has exactly one organisation. */
  readonly org?: string | undefined;
  readonly login: PlatformLogin;
  readonly tls: PlatformTls;
  /** Undefined: the platform is called directly. */
  readonly proxy?: ProxyServer | undefined;
  /** Milliseconds for one attempt, from the connection to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** Tries of the first login; `retry.attempts` when absent, Infinity for ever. */
  readonly loginAttempts?: number | undefined;
  /** Rounds of read, change, write under 409; 10 when absent. */
  readonly conflictAttempts?: number | undefined;
  /** How long definitions are kept; 240,000 when absent. */
  readonly cacheTtlMs?: number | undefined;
  /** Largest answer that is read; 32 MiB when absent. */
  readonly maxResponseBytes?: number | undefined;
  /** Connections at the same time; 16 when absent. */
  readonly maxConnections?: number | undefined;
  readonly clock: Clock;
  /** 0 to below 1, for jitter. */
  readonly random: () => number;
  readonly log: PlatformLog;
  /** Ends the first login and its waits. */
  readonly signal?: AbortSignal | undefined;
}
