import { expect, test } from 'vitest';
import { describeWaiting } from './waiting-words.ts';

const none = { timed: 0, inLanes: 0, beyondLimit: 0 };

test('[A7] what waits is counted by what it waits for', () => {
  expect(describeWaiting(none, 0)).toBe('nothing');
  expect(describeWaiting({ ...none, timed: 1 }, 0)).toBe('1 message for its time');
  expect(describeWaiting({ timed: 3, inLanes: 2, beyondLimit: 1 }, 4)).toBe(
    '3 messages for their time, 2 messages in order behind others, 1 message with the broker until there is room, 4 steps of runs',
  );
});
