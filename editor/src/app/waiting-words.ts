import type { WaitingHealth } from '@wirebook/api';

/** What waits and for what, in one line: `3 messages for their time, 1 in order behind another`. */
export function describeWaiting({ timed, inLanes, beyondLimit }: WaitingHealth, steps: number): string {
  const parts = [
    [timed, 'for its time', 'for their time'],
    [inLanes, 'in order behind another', 'in order behind others'],
    [beyondLimit, 'with the broker until there is room', 'with the broker until there is room'],
  ] as const;
  const messages = parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? 'message' : 'messages'} ${count === 1 ? one : many}`);
  return [...messages, ...(steps > 0 ? [`${steps} ${steps === 1 ? 'step' : 'steps'} of runs`] : [])].join(', ') || 'nothing';
}
