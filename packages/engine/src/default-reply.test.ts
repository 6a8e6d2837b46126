import { WirebookError } from '@wirebook/errors';
import { expect, test } from 'vitest';
import { toDefaultReply } from './default-reply.ts';

const error = new WirebookError('HTTP_TIMEOUT', 'node "Ask": no answer for hush-hush within 10 ms {{ code }}');
const redactText = (text: string) => text.replaceAll('hush-hush', '***');
const read = (body: string): unknown => JSON.parse(body);

test('[G7] without a plan the platform gets "Completed", or the error with code and class, without known secrets', () => {
  expect(read(toDefaultReply(null, redactText))).toMatchObject({ message_type: 0, message: 'Completed', complete: true });
  expect(read(toDefaultReply(error, redactText))).toEqual({
    message_type: 1,
    message: 'node "Ask": no answer for *** within 10 ms {{ code }} (HTTP_TIMEOUT: an outside system failed)',
    complete: true,
  });
});

test('[G7] a source may say both texts; parts of the error stand in for their names, and nothing in them is read again', () => {
  const plan = { defaultReply: 'Ticket opened', errorReply: 'Not opened: {{ message }} [{{code}}, {{ class }}] {{ other }}' };
  expect(read(toDefaultReply(null, redactText, plan))).toMatchObject({ message_type: 0, message: 'Ticket opened' });
  expect(read(toDefaultReply(error, redactText, plan))).toMatchObject({
    message_type: 1,
    message: 'Not opened: node "Ask": no answer for *** within 10 ms {{ code }} [HTTP_TIMEOUT, an outside system failed] {{ other }}',
  });
});

test('[G8] where errors are trapped, an error ends the action well with results that tell it', () => {
  const reason = 'node "Ask": no answer for *** within 10 ms {{ code }} (HTTP_TIMEOUT: an outside system failed)';
  expect(read(toDefaultReply(error, redactText, { trapsErrors: true }))).toMatchObject({
    message_type: 0,
    message: `Failed, but trap_exception is set: ${reason}`,
    complete: true,
    results: { success: false, reason },
  });
  expect(read(toDefaultReply(null, redactText, { trapsErrors: true }))).toMatchObject({ message: 'Completed' });
});
