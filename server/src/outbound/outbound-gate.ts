import { WirebookError } from '@wirebook/errors';
import type { Clock, RequestCaller } from '@wirebook/node-kit';
import type { RateLimit } from '@wirebook/package-kit';
import { type CallSlots, createCallSlots, createRetryHold, type RetryHold, readRetryAfterMs } from '@wirebook/soar-client';
import { type CircuitNews, type CircuitOptions, type CircuitState, createHostCircuits } from './host-circuits.ts';
import { createRateLimits } from './rate-limits.ts';

export interface OutboundGateOptions {
  readonly clock: Clock;
  readonly circuit: CircuitOptions;
  readonly rateLimits: readonly RateLimit[];
  readonly onCircuit: (news: CircuitNews) => void;
  /** Calls that one host gets at a time. */
  readonly callsPerHost: number;
  /** Calls that wait for one host, and under one rate limit. */
  readonly maxWaiting?: number | undefined;
}

interface OutboundCall {
  /** Name, with the port where it is not the usual one. */
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  readonly caller: RequestCaller | undefined;
  readonly signal: AbortSignal;
  /** Hears in words why it has to wait. */
  readonly onHeld: (reason: string) => void;
}

/** A call that may leave; one of these is to be called once. */
export interface OutboundPass {
  answered(status: number, retryAfter: string | string[] | undefined): void;
  /** There was no answer, for this code. */
  failed(code: string): void;
  /** Nothing was learnt about the host. */
  givenUp(): void;
}

interface OutboundCounts {
  readonly circuits: readonly CircuitState[];
  /** Calls that wait under a rate limit, or as their host asked for by Retry-After. */
  readonly rateWaiting: number;
  /** Calls that wait for a connection. */
  readonly connectionWaiting: number;
  readonly active: number;
  /** Calls that were refused since the start: by an open circuit, by a full queue. */
  readonly refusedByCircuit: number;
  readonly refusedByQueue: number;
}

/** What calls of all flows pass before they leave the engine, in their order. */
export interface OutboundGate {
  /** @throws HTTP_CIRCUIT_OPEN, HTTP_RATE_QUEUE_FULL, HTTP_CONNECTIONS_BUSY, HTTP_RETRY_AFTER_TOO_LONG, the reason of the signal */
  pass(call: OutboundCall): Promise<OutboundPass>;
  counts(): OutboundCounts;
}

interface Host {
  readonly slots: CallSlots;
  readonly hold: RetryHold;
}

const mostWaiting = 1000;
/** Idle ones beyond it are forgotten; templates may name any number of hosts. */
const mostHosts = 1000;
const retryAfterStatuses: ReadonlySet<number> = new Set([429, 503]);

export function createOutboundGate(options: OutboundGateOptions): OutboundGate {
  const { clock, callsPerHost, maxWaiting = mostWaiting } = options;
  const circuits = createHostCircuits({ ...options.circuit, clock, onChange: options.onCircuit });
  const rates = createRateLimits({ limits: options.rateLimits, clock, maxWaiting });
  const hosts = new Map<string, Host>();
  let refusedByQueue = 0;

  function find(host: string): Host {
    const known = hosts.get(host);
    if (known !== undefined) return known;
    if (hosts.size >= mostHosts) forgetIdle();
    const busy = (what: string) =>
      new WirebookError('HTTP_CONNECTIONS_BUSY', `${maxWaiting} calls wait for ${what} of ${host} already; this one is not made`);
    const made: Host = {
      slots: createCallSlots({ limit: callsPerHost, maxWaiting, clock, refuse: () => busy('a connection') }),
      hold: createRetryHold({
        clock,
        maxWaiting,
        refuseMany: () => busy('the Retry-After'),
        refuseLong: (leftMs) =>
          new WirebookError('HTTP_RETRY_AFTER_TOO_LONG', `${host} asked for no calls for ${Math.ceil(leftMs / 1000)} s more`, undefined, {
            host,
            retryAfterMs: leftMs,
          }),
      }),
    };
    hosts.set(host, made);
    return made;
  }

  function forgetIdle(): void {
    for (const [host, { slots, hold }] of hosts) {
      if (slots.activeCount === 0 && slots.waitingCount === 0 && hold.findLeftMs() === 0) hosts.delete(host);
    }
  }

  async function pass(call: OutboundCall): Promise<OutboundPass> {
    circuits.assertClosed(call.host);
    const host = find(call.host);
    try {
      await waitAt(call, host);
    } catch (thrown) {
      if (!call.signal.aborted) refusedByQueue += 1;
      throw thrown;
    }
    try {
      // It may have opened while this one waited.
      return toPass(call, host);
    } catch (thrown) {
      host.slots.leave();
      throw thrown;
    }
  }

  async function waitAt({ signal, onHeld, ...call }: OutboundCall, { hold, slots }: Host): Promise<void> {
    const held = hold.enter(signal);
    if (held !== undefined) {
      onHeld(`waits ${Math.ceil(hold.findLeftMs() / 1000)} s: ${call.host} asked for no calls until then (Retry-After)`);
      await held;
    }
    const rate = rates.find(call);
    const limited = rate?.enter(signal);
    if (rate !== undefined && limited !== undefined) {
      onHeld(`waits for its turn under the rate limit ${rate.text}, ${rate.waitingCount - 1} calls before it`);
      await limited;
    }
    const placed = slots.enter(signal);
    if (placed !== undefined) {
      onHeld(`waits for one of ${callsPerHost} connections to ${call.host}, ${slots.waitingCount - 1} calls before it`);
      await placed;
    }
  }

  function toPass({ host: name, caller }: OutboundCall, { hold, slots }: Host): OutboundPass {
    const circuit = circuits.begin(name, caller);
    return {
      answered: (status, retryAfter) => {
        slots.leave();
        if (retryAfterStatuses.has(status)) {
          const askedMs = readRetryAfterMs(retryAfter, clock.now());
          if (askedMs > 0) hold.hold(askedMs);
        }
        if (status >= 500 || status === 429) circuit.fail(`status ${status}`);
        else circuit.succeed();
      },
      failed: (code) => {
        slots.leave();
        circuit.fail(code);
      },
      givenUp: () => {
        slots.leave();
        circuit.giveUp();
      },
    };
  }

  return {
    pass,
    counts: () => {
      const all = [...hosts.values()];
      const sum = (count: (host: Host) => number) => all.reduce((total, host) => total + count(host), 0);
      return {
        circuits: circuits.listOpen(),
        rateWaiting: rates.waitingCount + sum(({ hold }) => hold.waitingCount),
        connectionWaiting: sum(({ slots }) => slots.waitingCount),
        active: sum(({ slots }) => slots.activeCount),
        refusedByCircuit: circuits.refusedCount,
        refusedByQueue,
      };
    },
  };
}
