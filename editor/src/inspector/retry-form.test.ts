import { expect, test } from 'vitest';
import { findRetryFault, type RetryForm, toRetryForm, toRetryPolicy } from './retry-form.ts';

const policy = { times: 3, delayMs: 1000, backoff: 'exponential', maxDelayMs: 60_000, jitter: 0.2, on: 'retryable' } as const;
const form: RetryForm = { ...policy, codes: [] };

test.each([policy, { ...policy, on: ['HTTP_STATUS'] }])('[I16] the form of a policy gives the same policy: %j', (given) => {
  expect(toRetryPolicy(toRetryForm(given))).toEqual(given);
});

test('[I16] what is empty is the default', () => {
  expect(toRetryPolicy({ ...form, times: undefined, jitter: undefined })).toEqual(policy);
});

test.each<[Partial<RetryForm>, 'times' | 'jitter' | 'delayMs' | 'codes']>([
  [{ times: 21 }, 'times'],
  [{ times: 'x' }, 'times'],
  [{ jitter: 1.5 }, 'jitter'],
  [{ delayMs: -1 }, 'delayMs'],
  [{ on: 'codes', codes: [] }, 'codes'],
  [{ on: 'codes', codes: [''] }, 'codes'],
])('[I16] %j is not put into the flow, and the field says why', (change, key) => {
  expect(toRetryPolicy({ ...form, ...change })).toBeUndefined();
  expect(findRetryFault({ ...form, ...change }, key)).toMatch(/^[A-Z].*\.$/);
});

test('[I16] codes do not matter while another choice is taken', () => {
  expect(toRetryPolicy({ ...form, on: 'any', codes: [''] })).toEqual({ ...policy, on: 'any' });
});
