import type { ReplyView } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { listReplyLines } from './reply-lines.ts';

const reply = (part: Partial<ReplyView>): ReplyView => ({
  atMs: 1000,
  stepId: 1,
  kind: 'status',
  text: '',
  sizeBytes: 0,
  fate: 'sent',
  ...part,
});

test('[T10] replies stand in their order with the time since the one before, and which one completes', () => {
  const lines = listReplyLines({
    startedAtMs: 1000,
    replies: [
      reply({ atMs: 1200, text: '{"message_type":0,"message":"Looking up","complete":false}' }),
      reply({ atMs: 4200, kind: 'result', text: '{"message":"Done","complete":true}' }),
    ],
  });
  expect(lines.map(({ text, gapMs, isFirst, isCompleting }) => [text, gapMs, isFirst, isCompleting])).toEqual([
    ['Looking up', 200, true, false],
    ['Done', 3000, false, true],
  ]);
});

test('[T10] a reply that is no JSON, or has no message, is shown as it was sent', () => {
  const lines = listReplyLines({
    startedAtMs: 0,
    replies: [reply({ text: 'plain <b>' }), reply({ text: '{"a":1}' }), reply({ fate: 'absorbed' })],
  });
  expect(lines[0]?.text).toBe('plain <b>');
  expect(lines[1]?.text).toBe('{"a":1}');
  expect(lines[2]?.text).toMatch(/earlier attempt/);
});
