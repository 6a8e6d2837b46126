import { expect, test } from 'vitest';
import { parseReply } from './parse-reply.ts';
import { acknowledgeReply, errorReply, resultReply, statusReply } from './reply.ts';

test('[V16] our own replies are read back', () => {
  expect([
    parseReply(statusReply('s')),
    parseReply(resultReply({ results: null })),
    parseReply(errorReply('e')),
    parseReply(acknowledgeReply('a')),
  ]).toEqual([
    { kind: 'status', messageType: 0, message: 's', complete: false },
    { kind: 'result', messageType: 0, message: 'Completed', complete: true, results: null },
    { kind: 'error', messageType: 1, message: 'e', complete: true },
    { kind: 'acknowledge', messageType: 0, message: 'a', complete: true },
  ]);
});

test('[V16] plain text completes with success unless its header says otherwise', () => {
  expect(parseReply('done')).toEqual({ kind: 'acknowledge', messageType: 0, message: 'done', complete: true });
  expect(parseReply('"done"').message).toBe('"done"');
  expect(parseReply('half', 'False')).toEqual({ kind: 'status', messageType: 0, message: 'half', complete: false });
});
