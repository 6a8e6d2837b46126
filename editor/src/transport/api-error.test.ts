import { expect, test } from 'vitest';
import { ApiError, describeFailure } from './api-error.ts';

test('[A4] a refusal is told in sentences: what happened, and what to do', () => {
  const refusal = { code: 'SERVER_SIGN_IN_REFUSED', status: 401 };
  expect(describeFailure(new ApiError({ ...refusal, message: 'name or password is wrong', hint: 'Check both.' }))).toBe(
    'Name or password is wrong. Check both.',
  );
  expect(describeFailure(new ApiError({ ...refusal, message: 'The server was not reached.' }))).toBe('The server was not reached.');
  expect(describeFailure(new Error('no such file'))).toBe('No such file.');
});
