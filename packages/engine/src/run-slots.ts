import type { Clock } from '@wirebook/node-kit';

/** A run that waits for a free place, or that has one. */
interface SlotRequest {
  readonly flowId: string;
  readonly destination: string;
  /** Runs of the flow at one time. */
  readonly flowLimit: number;
  readonly start: () => void;
}

export interface RunSlotsOptions {
  readonly clock: Pick<Clock, 'startTimer'>;
  /** What runs produce is not written out fast enough: nothing begins until it is. */
  readonly isHeldBack?: (() => boolean) | undefined;
  /** Runs at one time, over all flows. */
  readonly totalLimit: number;
  /** Runs of messages of one destination at one time; as many as in all unless given. */
  readonly destinationLimit?: number | undefined;
}

/**
 * Lets no more runs begin than the engine, each destination and each flow allow. Waiting ones of a flow keep their order; flows take
 * turns, and a place is kept for each deployed flow that has none, so that busy or slow ones do not hold up others.
 */
export interface RunSlots {
  request(request: SlotRequest): void;
  /** A run of this flow, from this destination, is over. */
  release(place: Pick<SlotRequest, 'flowId' | 'destination'>): void;
  /** So many flows are deployed. */
  setFlowCount(count: number): void;
  /** Forgets all that wait. */
  clear(): void;
  readonly activeCount: number;
  /** Times that a start was held back, since the engine began. */
  readonly heldBackCount: number;
  readonly waitingCount: number;
}

const askAgainMs = 10;

export function createRunSlots({ totalLimit, destinationLimit = totalLimit, clock, isHeldBack = () => false }: RunSlotsOptions): RunSlots {
  const waiting = new Map<string, SlotRequest[]>();
  const activeByFlow = new Map<string, number>();
  const activeByDestination = new Map<string, number>();
  /** At most half of the places are kept for flows that have none. */
  const keptLimit = Math.floor(totalLimit / 2);
  let flowCount = 0;
  let activeCount = 0;
  let waitingCount = 0;
  let isFilling = false;
  let isAskingAgain = false;
  let heldBackCount = 0;

  /** What waits for room is asked about again and again: nothing else tells when there is some. */
  function mustWait(): boolean {
    if (!isHeldBack()) return false;
    if (isAskingAgain) return true;
    isAskingAgain = true;
    heldBackCount += 1;
    clock.startTimer(askAgainMs, () => {
      isAskingAgain = false;
      fill();
    });
    return true;
  }

  function canStart({ flowId, flowLimit, destination }: SlotRequest): boolean {
    const active = activeByFlow.get(flowId) ?? 0;
    if (active >= flowLimit || (activeByDestination.get(destination) ?? 0) >= destinationLimit) return false;
    if (active === 0) return activeCount < totalLimit;
    const kept = Math.min(keptLimit, Math.max(0, flowCount - activeByFlow.size));
    return activeCount < totalLimit - kept;
  }

  function begin(request: SlotRequest): void {
    activeCount += 1;
    add(activeByFlow, request.flowId, 1);
    add(activeByDestination, request.destination, 1);
    request.start();
  }

  /** One from each flow in turn, until no place is free or nobody waits who may begin. */
  function fill(): void {
    // A run that begins here may be over at once and release its place: the outer call goes on.
    if (isFilling || (waitingCount > 0 && mustWait())) return;
    isFilling = true;
    for (let started = waitingCount > 0; started && activeCount < totalLimit; ) {
      started = false;
      for (const [flowId, requests] of [...waiting]) {
        const next = requests[0];
        if (next === undefined) waiting.delete(flowId);
        else if (canStart(next)) {
          requests.shift();
          if (requests.length === 0) waiting.delete(flowId);
          waitingCount -= 1;
          started = true;
          begin(next);
        }
      }
    }
    isFilling = false;
  }

  return {
    request: (request) => {
      const queue = waiting.get(request.flowId);
      if (queue === undefined && canStart(request) && !mustWait()) {
        begin(request);
        return;
      }
      waitingCount += 1;
      if (queue === undefined) waiting.set(request.flowId, [request]);
      else queue.push(request);
    },
    release: ({ flowId, destination }) => {
      activeCount -= 1;
      add(activeByFlow, flowId, -1);
      add(activeByDestination, destination, -1);
      fill();
    },
    setFlowCount: (count) => {
      flowCount = count;
      fill();
    },
    clear: () => {
      waiting.clear();
      waitingCount = 0;
    },
    get heldBackCount() {
      return heldBackCount;
    },
    get activeCount() {
      return activeCount;
    },
    get waitingCount() {
      return waitingCount;
    },
  };
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
