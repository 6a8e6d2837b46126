import { expect, test } from 'vitest';
import { getReconnectDelayMs } from './reconnect-delay.ts';

test('[S10] the wait doubles from one second to sixty and is jittered between half and all of it', () => {
  const attempts = [1, 2, 3, 4, 5, 6, 7, 8, 1000];
  expect(attempts.map((attempt) => getReconnectDelayMs(attempt, 0))).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  expect(attempts.map((attempt) => getReconnectDelayMs(attempt, 0.999999))).toEqual([
    1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000,
  ]);
});
