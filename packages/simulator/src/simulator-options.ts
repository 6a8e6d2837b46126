import type { Clock } from './clock.ts';

export interface SimulatorOptions {
  /** 0, the default, picks a free port; the same for the other two. */
  readonly restPort?: number | undefined;
  readonly stompPort?: number | undefined;
  readonly controlPort?: number | undefined;
  /** The address that REST and the embedded broker listen on; 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** Keeps the CA and the logins over restarts; without it both are new each time. */
  readonly dataDir?: string | undefined;
  /** A real broker in place of the embedded one. */
  readonly broker?: RealBroker | undefined;
  /** Fixes logins, uuids and tokens, for tests. Message-ids still differ at each start. */
  readonly seed?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Takes the place of each rule's own limit of 24 hours. */
  readonly expectAckTimeoutMs?: number | undefined;
  /** Invocations that are kept, the oldest are forgotten beyond it; 200,000 unless given. */
  readonly rememberedInvocations?: number | undefined;
  /** Hears what went wrong where nobody waits for an answer. */
  readonly onProblem?: ((error: Error) => void) | undefined;
}

export interface RealBroker {
  /** Such as `stomp+ssl://localhost:61614`. */
  readonly url: string;
  /** Those of the platform in `simulatorCredentials` unless given. */
  readonly login?: string | undefined;
  readonly passcode?: string | undefined;
  /** PEM file with the CA of the broker; the simulator's own CA unless given. */
  readonly caFile?: string | undefined;
}
