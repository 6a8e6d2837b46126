import type { CallAttempt, PlatformCalls, RunCallOptions } from '@wirebook/node-kit';
import { createInstantClock, type InstantClock, type StandIn } from './platform.stand-in.ts';
import { type ConnectedPlatform, createPlatformClient } from './platform-client.ts';
import type { PlatformClientOptions } from './platform-client-options.ts';

export const apiKey = { kind: 'api-key', id: 'key-id-1', secret: 'key-secret-1' } as const;
export const password = { kind: 'password', email: 'jo@example.com', password: 'pass"word-1' } as const;

export interface ClientUnderTest {
  readonly client: ConnectedPlatform;
  readonly clock: InstantClock;
  readonly attempts: CallAttempt[];
  readonly logLines: string[];
  /** Calls of a run; its attempts land in `attempts`. */
  startRun(run?: Partial<RunCallOptions>): PlatformCalls;
}

/** A client of the stand-in with an instant clock and jitter in the middle, as `changes` alter it. */
export async function openClient(
  standIn: Pick<StandIn, 'port'>,
  { caPem, ...changes }: { caPem: string | undefined } & Partial<PlatformClientOptions>,
): Promise<ClientUnderTest> {
  const clock = createInstantClock();
  const attempts: CallAttempt[] = [];
  const logLines: string[] = [];
  const client = await createPlatformClient({
    host: 'localhost',
    port: standIn.port,
    org: 'Test Organization',
    login: apiKey,
    tls: { caPem, verify: true },
    timeoutMs: 30_000,
    retry: { attempts: 5, delayMs: 2_000, backoff: 2, maxDelayMs: 60_000 },
    clock,
    random: () => 0.5,
    log: { info: (text) => void logLines.push(text), warn: (text) => void logLines.push(text) },
    ...changes,
  });
  return {
    client,
    clock,
    attempts,
    logLines,
    startRun: (run) =>
      client.forRun({
        contextToken: 'context-token-1',
        signal: new AbortController().signal,
        onAttempt: (attempt) => void attempts.push(attempt),
        ...run,
      }),
  };
}
