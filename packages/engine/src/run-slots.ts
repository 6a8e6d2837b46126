/** A run that waits for a free place, or that has one. */
interface SlotRequest {
  readonly flowId: string;
  /** Runs of the flow at one time. */
  readonly flowLimit: number;
  readonly start: () => void;
}

/**
 * Lets no more runs begin than the engine and each flow allow. Waiting ones of a flow keep their order; flows take turns, so that a
 * busy one does not hold up another.
 */
export interface RunSlots {
  request(request: SlotRequest): void;
  /** A run of this flow is over. */
  release(flowId: string): void;
  /** Forgets all that wait. */
  clear(): void;
  readonly activeCount: number;
  readonly waitingCount: number;
}

export function createRunSlots(totalLimit: number): RunSlots {
  const waiting = new Map<string, SlotRequest[]>();
  const activeByFlow = new Map<string, number>();
  let activeCount = 0;
  let waitingCount = 0;
  let isFilling = false;

  function canStart(request: SlotRequest): boolean {
    return activeCount < totalLimit && (activeByFlow.get(request.flowId) ?? 0) < request.flowLimit;
  }

  function begin(request: SlotRequest): void {
    activeCount += 1;
    activeByFlow.set(request.flowId, (activeByFlow.get(request.flowId) ?? 0) + 1);
    request.start();
  }

  /** One from each flow in turn, until no place is free or nobody waits who may begin. */
  function fill(): void {
    // A run that begins here may be over at once and release its place: the outer call goes on.
    if (isFilling) return;
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
      if (queue === undefined && canStart(request)) {
        begin(request);
        return;
      }
      waitingCount += 1;
      if (queue === undefined) waiting.set(request.flowId, [request]);
      else queue.push(request);
    },
    release: (flowId) => {
      activeCount -= 1;
      const left = (activeByFlow.get(flowId) ?? 1) - 1;
      if (left === 0) activeByFlow.delete(flowId);
      else activeByFlow.set(flowId, left);
      fill();
    },
    clear: () => {
      waiting.clear();
      waitingCount = 0;
    },
    get activeCount() {
      return activeCount;
    },
    get waitingCount() {
      return waitingCount;
    },
  };
}
