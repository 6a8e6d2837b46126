/** Whether a browser may send one more event now. */
export interface EventBudget {
  take(): boolean;
}

const perSecond = 50;

/** Fifty events in any second, which no person reaches. */
export function createEventBudget(clock: { monotonicMs(): number }): EventBudget {
  let secondBeganMs = clock.monotonicMs();
  let taken = 0;
  return {
    take: () => {
      const nowMs = clock.monotonicMs();
      if (nowMs - secondBeganMs >= 1000) {
        secondBeganMs = nowMs;
        taken = 0;
      }
      taken += 1;
      return taken <= perSecond;
    },
  };
}
