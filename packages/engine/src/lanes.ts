/** In a lane one at a time has its turn, in the order of entry; lanes do not know of each other. */
export interface Lanes {
  /** Calls when it is the turn of this one. */
  enter(lane: string, onTurn: () => void): void;
  /** Who had the turn is done. */
  leave(lane: string): void;
  /** Forgets all that wait. */
  clear(): void;
  readonly waitingCount: number;
}

export function createLanes(): Lanes {
  /** Those that wait behind the one that has its turn. */
  const lanes = new Map<string, (() => void)[]>();
  let waitingCount = 0;

  return {
    enter: (lane, onTurn) => {
      const waiting = lanes.get(lane);
      if (waiting === undefined) {
        lanes.set(lane, []);
        onTurn();
        return;
      }
      waitingCount += 1;
      waiting.push(onTurn);
    },
    leave: (lane) => {
      const next = lanes.get(lane)?.shift();
      if (next === undefined) {
        lanes.delete(lane);
        return;
      }
      waitingCount -= 1;
      next();
    },
    clear: () => {
      lanes.clear();
      waitingCount = 0;
    },
    get waitingCount() {
      return waitingCount;
    },
  };
}
