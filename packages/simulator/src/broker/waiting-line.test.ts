import { expect, test } from 'vitest';
import { createWaitingLine } from './waiting-line.ts';

function takeAll(line: { take(): { sequence: number } | undefined }): number[] {
  const taken: number[] = [];
  for (let item = line.take(); item !== undefined; item = line.take()) taken.push(item.sequence);
  return taken;
}

test('[B6] what comes back goes to its old place, also between others that came back', () => {
  const line = createWaitingLine<{ sequence: number }>();
  for (let sequence = 1; sequence <= 6; sequence += 1) line.add({ sequence });
  const first = [line.take(), line.take(), line.take(), line.take()].flatMap((item) => item ?? []);
  line.putBack(first.filter(({ sequence }) => sequence % 2 === 0));
  line.putBack(first.filter(({ sequence }) => sequence % 2 === 1));
  expect(line.length).toBe(6);
  expect(takeAll(line)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('[B6] taking costs the same however many wait', () => {
  const line = createWaitingLine<{ sequence: number }>();
  const startMs = performance.now();
  for (let sequence = 0; sequence < 300_000; sequence += 1) line.add({ sequence });
  expect(takeAll(line)).toHaveLength(300_000);
  expect(performance.now() - startMs).toBeLessThan(1000);
});
