import type { JsonValue } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';

/** A message that waits for others of its key. */
export interface Gatherer {
  /** Flow and node: keys are compared within it. */
  readonly scope: string;
  readonly key: string;
  /** So many make a list. */
  readonly count: number;
  /** With this one the list is complete. */
  readonly completes: boolean;
  /** So long after the first of the list it goes on with what there is. */
  readonly waitMs: number;
  /** Lower ones came earlier, over restarts too. */
  readonly order: number;
  readonly value: JsonValue;
  /** What an earlier process had found; null for one that just came. */
  readonly dueAtMs: number | null;
  /** This one carries the list, in the order in which its messages came. */
  readonly onGathered: (values: readonly JsonValue[]) => void;
  /** Another one carries it. */
  readonly onElsewhere: () => void;
}

/** Messages that are gathered, by the keys of their nodes over all runs. */
export interface Gatherings {
  /** Gives the time at which its list goes on at the latest, in milliseconds since the epoch. It may call back before it returns. */
  enter(gatherer: Gatherer): number;
  /** It does not wait any longer, and is not called back. */
  leave(gatherer: Gatherer): void;
  readonly size: number;
}

interface Group {
  readonly members: Set<Gatherer>;
  dueAtMs: number;
  timer: Timer;
}

/** After a restart the members of a list whose time has passed come back one by one; so long they wait for each other. */
const returnMs = 2000;

export function createGatherings({ clock }: { readonly clock: Clock }): Gatherings {
  const groups = new Map<string, Group>();
  let size = 0;

  function startTimer(name: string, dueAtMs: number): Timer {
    return clock.startTimer(Math.max(0, dueAtMs - clock.now()), () => release(name));
  }

  /** The last one that came carries the list: its run is the youngest, and the others are answered without waiting for it. */
  function release(name: string): void {
    const group = groups.get(name);
    if (group === undefined) return;
    groups.delete(name);
    group.timer.cancel();
    const members = [...group.members].sort((left, right) => left.order - right.order);
    size -= members.length;
    const carrier = members.at(-1);
    for (const member of members) if (member !== carrier) member.onElsewhere();
    carrier?.onGathered(members.map(({ value }) => value));
  }

  function findDue({ dueAtMs, waitMs }: Gatherer): number {
    const nowMs = clock.now();
    if (dueAtMs === null) return nowMs + waitMs;
    return Math.max(dueAtMs, nowMs + returnMs);
  }

  return {
    enter(gatherer) {
      const name = JSON.stringify([gatherer.scope, gatherer.key]);
      const ownDueAtMs = findDue(gatherer);
      let group = groups.get(name);
      if (group === undefined) {
        group = { members: new Set(), dueAtMs: ownDueAtMs, timer: startTimer(name, ownDueAtMs) };
        groups.set(name, group);
      } else if (ownDueAtMs < group.dueAtMs) {
        group.timer.cancel();
        group.dueAtMs = ownDueAtMs;
        group.timer = startTimer(name, ownDueAtMs);
      }
      group.members.add(gatherer);
      size += 1;
      const { dueAtMs } = group;
      if (gatherer.completes || group.members.size >= gatherer.count) release(name);
      return dueAtMs;
    },
    leave(gatherer) {
      const name = JSON.stringify([gatherer.scope, gatherer.key]);
      const group = groups.get(name);
      if (group === undefined || !group.members.delete(gatherer)) return;
      size -= 1;
      if (group.members.size > 0) return;
      group.timer.cancel();
      groups.delete(name);
    },
    get size() {
      return size;
    },
  };
}
