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

test('[B6] taking compares two at the most, however many wait', () => {
  let readCount = 0;
  const items = Array.from({ length: 20_000 }, (_, place) => ({
    get sequence() {
      readCount += 1;
      return place;
    },
  }));
  const line = createWaitingLine<{ sequence: number }>();
  for (const item of items) line.add(item);
  line.putBack(Array.from({ length: 10_000 }, () => line.take()).flatMap((item) => item ?? []));
  for (const item of items) {
    readCount = 0;
    expect(line.take()).toBe(item);
    expect(readCount).toBeLessThanOrEqual(2);
  }
  expect(line.take()).toBeUndefined();
});
