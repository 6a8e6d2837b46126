import { WirebookError } from '@wirebook/errors';
import type { Clock, RequestCaller } from '@wirebook/node-kit';

export interface CircuitOptions {
  /** Failures in a row that open the circuit of a host; 0: it never opens. */
  readonly failures: number;
  /** How long it stays open before one call is let through; 0: it never opens. */
  readonly openMs: number;
}

export interface CircuitState {
  /** Name, with the port where it is not the usual one. */
  readonly host: string;
  readonly failureCount: number;
  readonly untilMs: number;
}

/** A circuit opened, or closed: then `untilMs` is null. */
export interface CircuitNews {
  readonly host: string;
  readonly untilMs: number | null;
  /** Nodes whose calls failed there. */
  readonly callers: readonly RequestCaller[];
}

export interface HostCircuitsOptions extends CircuitOptions {
  readonly clock: Clock;
  readonly onChange: (news: CircuitNews) => void;
}

/** A call that was let through; one of these is to be called once. */
interface CircuitPass {
  succeed(): void;
  /** @param why a code or a status. */
  fail(why: string): void;
  /** Nothing was learnt about the host. */
  giveUp(): void;
}

/**
 * Keeps calls from a host that fails again and again. After its time one call is let through: it closes the circuit, or opens it for
 * the same time again.
 */
export interface HostCircuits {
  /** @throws HTTP_CIRCUIT_OPEN */
  assertClosed(host: string): void;
  /** @throws HTTP_CIRCUIT_OPEN */
  begin(host: string, caller: RequestCaller | undefined): CircuitPass;
  /** Those that are open, or wait for what becomes of the one call. */
  listOpen(): readonly CircuitState[];
  readonly refusedCount: number;
}

interface Circuit {
  failureCount: number;
  lastFailure: string;
  /** Null: closed. */
  untilMs: number | null;
  isOnTrial: boolean;
  readonly callers: Map<string, RequestCaller>;
}

/** Hosts with failures that are remembered; templates may name any number of them. */
const mostHosts = 1000;
const mostCallers = 100;

const freePass: CircuitPass = { succeed: () => undefined, fail: () => undefined, giveUp: () => undefined };

export function createHostCircuits({ failures, openMs, clock, onChange }: HostCircuitsOptions): HostCircuits {
  const circuits = new Map<string, Circuit>();
  let refusedCount = 0;

  function assertClosed(host: string): void {
    const circuit = circuits.get(host);
    if (circuit === undefined || circuit.untilMs === null) return;
    const leftMs = circuit.untilMs - clock.now();
    if (leftMs <= 0 && !circuit.isOnTrial) return;
    refusedCount += 1;
    const last = `${circuit.failureCount} calls in a row failed, the last with ${circuit.lastFailure}`;
    const text =
      leftMs > 0
        ? `circuit to ${host} open until ${toTimeText(circuit.untilMs)}: ${last}; no call is made before`
        : `circuit to ${host} open: ${last}; one call is under way to see whether it answers again`;
    throw new WirebookError('HTTP_CIRCUIT_OPEN', text, undefined, {
      host,
      until: new Date(circuit.untilMs).toISOString(),
      retryAfterMs: Math.max(1000, leftMs),
    });
  }

  function find(host: string): Circuit {
    const known = circuits.get(host);
    if (known !== undefined) return known;
    if (circuits.size >= mostHosts) forgetOldest();
    const circuit: Circuit = { failureCount: 0, lastFailure: '', untilMs: null, isOnTrial: false, callers: new Map() };
    circuits.set(host, circuit);
    return circuit;
  }

  function forgetOldest(): void {
    const [oldest] = [...circuits].find(([, { untilMs }]) => untilMs === null) ?? [...circuits][0] ?? [];
    if (oldest !== undefined) close(oldest);
  }

  function close(host: string): void {
    const circuit = circuits.get(host);
    circuits.delete(host);
    if (circuit !== undefined && circuit.untilMs !== null) onChange({ host, untilMs: null, callers: [...circuit.callers.values()] });
  }

  function begin(host: string, caller: RequestCaller | undefined): CircuitPass {
    if (failures === 0 || openMs === 0) return freePass;
    assertClosed(host);
    const before = circuits.get(host);
    const isTrial = before !== undefined && before.untilMs !== null;
    if (isTrial) before.isOnTrial = true;
    return {
      succeed: () => {
        const circuit = circuits.get(host);
        // Calls that left before it opened tell nothing about the time since.
        if (isTrial || circuit?.untilMs === null) close(host);
      },
      fail: (why) => {
        const circuit = find(host);
        if (circuit.untilMs !== null && !isTrial) return;
        circuit.failureCount += 1;
        circuit.lastFailure = why;
        circuit.isOnTrial = false;
        if (caller !== undefined && circuit.callers.size < mostCallers) {
          circuit.callers.set(JSON.stringify([caller.flowId, caller.nodeId]), caller);
        }
        if (!isTrial && circuit.failureCount < failures) return;
        circuit.untilMs = clock.now() + openMs;
        onChange({ host, untilMs: circuit.untilMs, callers: [...circuit.callers.values()] });
      },
      giveUp: () => {
        const circuit = circuits.get(host);
        if (isTrial && circuit !== undefined) circuit.isOnTrial = false;
      },
    };
  }

  return {
    assertClosed,
    begin,
    listOpen: () =>
      [...circuits].flatMap(([host, { failureCount, untilMs }]) => (untilMs === null ? [] : [{ host, failureCount, untilMs }])),
    get refusedCount() {
      return refusedCount;
    },
  };
}

/** e.g. 12:00:30 UTC */
function toTimeText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 19)} UTC`;
}
