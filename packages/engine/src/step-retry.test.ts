import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { createRetryPlan, saysNothingWritten } from './step-retry.ts';

const policy = { times: 3, delayMs: 1000, backoff: 'exponential', maxDelayMs: 60_000, jitter: 0, on: 'any' } as const;

test.each<[WirebookError, boolean]>([
  [new WirebookError('HTTP_UNREACHABLE', 'x', undefined, { reason: 'ECONNREFUSED' }), true],
  [new WirebookError('SOAR_REST_UNREACHABLE', 'x', undefined, { reason: 'UND_ERR_CONNECT_TIMEOUT' }), true],
  [new WirebookError('HTTP_UNREACHABLE', 'x', undefined, { reason: 'ECONNRESET' }), false],
  [new WirebookError('HTTP_UNREACHABLE', 'x'), false],
  [new WirebookError('HTTP_STATUS', 'x', undefined, { status: 404 }), true],
  [new WirebookError('HTTP_STATUS', 'x', undefined, { status: 408 }), false],
  [new WirebookError('HTTP_STATUS', 'x', undefined, { status: 502 }), false],
  [new WirebookError('HTTP_TIMEOUT', 'x'), false],
  [new WirebookError('SOAR_CONFLICT', 'x'), true],
  [new WirebookError('NODE_UNEXPECTED', 'x'), false],
])('[Y6] whether %o says that nothing was written: %j', (error, says) => {
  expect(saysNothingWritten(error)).toBe(says);
});

test('[Y3] the wait that the other side asked for prolongs the wait, up to the longest one', () => {
  const plan = createRetryPlan(policy, () => 0);
  const asking = (retryAfterMs: number) => new WirebookError('SOAR_RATE_LIMITED', 'x', undefined, { retryAfterMs });
  expect([500, 5000, 600_000].map((ms) => plan.findWaitMs(asking(ms), 1))).toEqual([1000, 5000, 60_000]);
});

test('[Y3] chance shortens a wait by its part at most', () => {
  const waits = [0, 0.25, 0.999].map((unit) =>
    createRetryPlan({ ...policy, jitter: 1 }, () => unit).findWaitMs(new WirebookError('HTTP_TIMEOUT', 'x'), 1),
  );
  expect(waits).toEqual([1000, 750, 1]);
});
