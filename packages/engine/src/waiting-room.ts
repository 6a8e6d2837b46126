import type { Clock, Timer } from '@wirebook/node-kit';
import { formatDuration } from './format-duration.ts';
import type { Ledger } from './ports/ledger.ts';
import type { SourceWait } from './source-plan.ts';

export interface Waiter {
  readonly wait: SourceWait;
  /** Flow and node: keys are compared within it. */
  readonly scope: string;
  readonly key: string;
  /** What an earlier process had found; null for one that just came. */
  readonly dueAtMs: number | null;
  /** The time has come. */
  readonly onDue: () => void;
  /** Another one of the key came, and this one is not wanted any more. */
  readonly onSkipped: (reason: string) => void;
}

/**
 * Holds what waits for its time. Times belong to a key of a scope, and outlive deploys.
 *
 * Equal to `defer` and `debounce` of resilient-circuits: a debounce that keeps all restarts the time of each of its key with a new one.
 */
export interface WaitingRoom {
  /** Gives the time at which it is due, in milliseconds since the epoch; at once is now. It may call back before it returns. */
  enter(waiter: Waiter): number;
  /** It does not wait any longer, and is not called back. */
  leave(waiter: Waiter): void;
  /** Forgets all that wait. */
  clear(): void;
  readonly size: number;
}

interface Guest {
  readonly waiter: Waiter;
  dueAtMs: number;
  timer: Timer | null;
}

interface Group {
  readonly guests: Set<Guest>;
  /** Before this time no other one of a throttle begins. */
  freeFromMs: number;
}

export interface WaitingRoomOptions {
  readonly clock: Clock;
  /** 0 to below 1. */
  readonly random: () => number;
  /** Remembers, over restarts too, until when the last one of a throttle holds up others. */
  readonly ledger: Pick<Ledger, 'findClaimEnd' | 'takeKey'>;
}

/** Keys of throttles stand in the ledger under this scope. */
const throttleScope = 'throttle';

export function createWaitingRoom({ clock, random, ledger }: WaitingRoomOptions): WaitingRoom {
  const groups = new Map<string, Group>();
  let size = 0;

  function findGroup(name: string): Group {
    const known = groups.get(name);
    if (known !== undefined) return known;
    const group: Group = { guests: new Set(), freeFromMs: 0 };
    groups.set(name, group);
    return group;
  }

  function startTimer(name: string, guest: Guest, dueAtMs: number): void {
    guest.timer?.cancel();
    guest.dueAtMs = dueAtMs;
    guest.timer = clock.startTimer(Math.max(0, dueAtMs - clock.now()), () => {
      remove(name, guest);
      const { wait } = guest.waiter;
      if (wait.kind === 'throttle') noteBegun(name, dueAtMs + wait.waitMs);
      guest.waiter.onDue();
    });
  }

  function noteBegun(name: string, untilMs: number): void {
    ledger.takeKey({ scope: throttleScope, key: name, claimant: '', atMs: clock.now(), untilMs });
  }

  function remove(name: string, guest: Guest): void {
    const group = groups.get(name);
    if (group === undefined || !group.guests.delete(guest)) return;
    size -= 1;
    guest.timer?.cancel();
    dropWhenSpent(name, group);
  }

  /** A throttle is remembered for as long as its last one holds up another. */
  function dropWhenSpent(name: string, group: Group): void {
    if (group.guests.size > 0 || groups.get(name) !== group) return;
    const leftMs = group.freeFromMs - clock.now();
    if (leftMs <= 0) groups.delete(name);
    else clock.startTimer(leftMs, () => dropWhenSpent(name, group));
  }

  function admit(name: string, group: Group, waiter: Waiter, dueAtMs: number): number {
    const guest: Guest = { waiter, dueAtMs, timer: null };
    group.guests.add(guest);
    size += 1;
    startTimer(name, guest, dueAtMs);
    return dueAtMs;
  }

  function enterDebounce(name: string, waiter: Waiter): number {
    const { wait } = waiter;
    const group = findGroup(name);
    const earlier = [...group.guests];
    // After a restart one may come behind another that had come later.
    const latestMs = Math.max(0, ...earlier.map((guest) => guest.dueAtMs));
    const isPassed = waiter.dueAtMs !== null && waiter.dueAtMs < latestMs;
    if (isPassed && wait.discard) {
      waiter.onSkipped(`another one of its key came within ${formatDuration(wait.waitMs)}`);
      return latestMs;
    }
    const dueAtMs = isPassed ? latestMs : (waiter.dueAtMs ?? clock.now() + wait.waitMs);
    for (const guest of earlier) {
      if (!wait.discard) startTimer(name, guest, dueAtMs);
      else {
        remove(name, guest);
        guest.waiter.onSkipped(`another one of its key came within ${formatDuration(wait.waitMs)}`);
      }
    }
    return admit(name, findGroup(name), waiter, dueAtMs);
  }

  function enterThrottle(name: string, waiter: Waiter): number {
    const { wait } = waiter;
    const nowMs = clock.now();
    const isNew = !groups.has(name);
    const group = findGroup(name);
    if (isNew) group.freeFromMs = ledger.findClaimEnd({ scope: throttleScope, key: name, atMs: nowMs }) ?? 0;
    const dueAtMs = waiter.dueAtMs ?? Math.max(nowMs, group.freeFromMs);
    if (waiter.dueAtMs === null && wait.discard && dueAtMs > nowMs) {
      if (isNew) dropWhenSpent(name, group);
      waiter.onSkipped(`one of its key began less than ${formatDuration(wait.waitMs)} before`);
      return nowMs;
    }
    group.freeFromMs = Math.max(group.freeFromMs, dueAtMs + wait.waitMs);
    return admit(name, group, waiter, dueAtMs);
  }

  return {
    leave: (waiter) => {
      const name = toGroupName(waiter);
      for (const guest of groups.get(name)?.guests ?? []) if (guest.waiter === waiter) remove(name, guest);
    },
    enter: (waiter) => {
      const { kind, waitMs, jitterMs } = waiter.wait;
      const name = toGroupName(waiter);
      switch (kind) {
        case 'defer':
          return admit(name, findGroup(name), waiter, waiter.dueAtMs ?? clock.now() + waitMs + Math.floor(random() * jitterMs));
        case 'debounce':
          return enterDebounce(name, waiter);
        case 'throttle':
          return enterThrottle(name, waiter);
        default:
          return kind satisfies never;
      }
    },
    clear: () => {
      for (const { guests } of groups.values()) for (const guest of guests) guest.timer?.cancel();
      groups.clear();
      size = 0;
    },
    get size() {
      return size;
    },
  };
}

function toGroupName({ scope, wait, key }: Waiter): string {
  return JSON.stringify([scope, wait.kind, key]);
}
