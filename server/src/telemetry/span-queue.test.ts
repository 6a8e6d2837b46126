import { expect, test } from 'vitest';
import { createSpanQueue } from './span-queue.ts';

test('[M9] the queue of spans is bounded, leaves in batches, and counts what did not fit', async () => {
  const sent: number[][] = [];
  const queue = createSpanQueue<number>({
    send: async (spans) => {
      sent.push(spans);
      return null;
    },
    onRefused: () => undefined,
    maxSpans: 5,
    maxBatch: 2,
  });
  queue.add([1, 2, 3]);
  queue.add([4, 5, 6, 7]);
  expect([queue.size, queue.droppedCount]).toEqual([5, 2]);
  await queue.flush();
  expect(sent).toEqual([[1, 2], [3, 4], [5]]);
  expect([queue.size, queue.droppedCount]).toEqual([0, 2]);
});

test('[M9] after a refusal the rest waits for the next time', async () => {
  const reasons: string[] = [];
  let reason: string | null = 'no';
  const queue = createSpanQueue<number>({ send: async () => reason, onRefused: (why) => reasons.push(why), maxBatch: 2 });
  queue.add([1, 2, 3]);
  await queue.flush();
  await queue.flush();
  expect([queue.size, queue.droppedCount, reasons]).toEqual([0, 3, ['no']]);
  reason = null;
  queue.add([4]);
  await queue.flush();
  expect(queue.droppedCount).toBe(3);
});
