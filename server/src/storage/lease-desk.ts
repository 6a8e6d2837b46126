import type { LeaseView } from '@wirebook/api';
import type { Clock, IdSource, Timer } from '@wirebook/node-kit';

export interface LeaseHolder {
  readonly userId: string;
  readonly userName: string;
  /** The tab. */
  readonly clientId: string;
}

type PublicLease = Omit<LeaseView, 'leaseId'>;

/** Who may write which draft: one tab at a time. Kept in memory, for a lease ends by itself. */
export interface LeaseDesk {
  find(flowId: string): PublicLease | null;
  /** Undefined when another tab has it and it is not to be taken over. */
  take(flowId: string, holder: LeaseHolder, takeOver: boolean): LeaseView | undefined;
  /** Lengthens it; false when it is not this one any more. */
  keep(flowId: string, leaseId: string, userId: string): boolean;
  /** Gives a lease that ran out back to its tab, when nobody has one. */
  revive(flowId: string, leaseId: string, holder: LeaseHolder): void;
  /** Whether the tab has it. */
  isHeld(flowId: string, leaseId: string, holder: LeaseHolder): boolean;
  giveUp(flowId: string, leaseId: string, userId: string): void;
  onChange(listener: (flowId: string, lease: PublicLease | null) => void): () => void;
}

/** A lease that is not kept ends after this. */
export const leaseLifeMs = 30_000;

interface Lease extends LeaseHolder {
  readonly leaseId: string;
  readonly expiresAtMs: number;
  readonly timer: Timer;
}

export function createLeaseDesk({ clock, ids }: { readonly clock: Clock; readonly ids: IdSource }): LeaseDesk {
  const leases = new Map<string, Lease>();
  const listeners = new Set<(flowId: string, lease: PublicLease | null) => void>();

  function put(flowId: string, leaseId: string, holder: LeaseHolder): Lease {
    leases.get(flowId)?.timer.cancel();
    const { userId, userName, clientId } = holder;
    const lease = {
      leaseId,
      userId,
      userName,
      clientId,
      expiresAtMs: clock.now() + leaseLifeMs,
      timer: clock.startTimer(leaseLifeMs, () => drop(flowId, leaseId)),
    };
    leases.set(flowId, lease);
    return lease;
  }

  function drop(flowId: string, leaseId: string): void {
    const lease = leases.get(flowId);
    if (lease?.leaseId !== leaseId) return;
    lease.timer.cancel();
    leases.delete(flowId);
    tell(flowId);
  }

  function tell(flowId: string): void {
    const lease = find(flowId);
    for (const listener of listeners) listener(flowId, lease);
  }

  function find(flowId: string): PublicLease | null {
    const lease = leases.get(flowId);
    return lease === undefined ? null : { userName: lease.userName, clientId: lease.clientId, expiresAtMs: lease.expiresAtMs };
  }

  return {
    find,
    take: (flowId, holder, takeOver) => {
      const present = leases.get(flowId);
      const isOwn = present?.clientId === holder.clientId && present.userId === holder.userId;
      if (present !== undefined && !isOwn && !takeOver) return undefined;
      const { leaseId, userName, clientId, expiresAtMs } = put(flowId, isOwn ? present.leaseId : ids.nextId(), holder);
      if (!isOwn) tell(flowId);
      return { leaseId, userName, clientId, expiresAtMs };
    },
    keep: (flowId, leaseId, userId) => {
      const lease = leases.get(flowId);
      if (lease?.leaseId !== leaseId || lease.userId !== userId) return false;
      put(flowId, leaseId, lease);
      return true;
    },
    revive: (flowId, leaseId, holder) => {
      if (leases.has(flowId)) return;
      put(flowId, leaseId, holder);
      tell(flowId);
    },
    isHeld: (flowId, leaseId, holder) => {
      const lease = leases.get(flowId);
      return lease?.leaseId === leaseId && lease.clientId === holder.clientId && lease.userId === holder.userId;
    },
    giveUp: (flowId, leaseId, userId) => {
      if (leases.get(flowId)?.userId === userId) drop(flowId, leaseId);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
