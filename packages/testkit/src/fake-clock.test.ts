import { expect, test } from 'vitest';
import { createFakeClock } from './fake-clock.ts';
import { assertNoTimerLeft } from './leak-check.ts';

test('[K1] due timers run in the order of their time, and one that a timer starts still counts', async () => {
  const clock = createFakeClock(1000);
  const seen: string[] = [];
  clock.startTimer(20, () => seen.push(`b at ${clock.now()}`));
  clock.startTimer(10, () => {
    seen.push(`a at ${clock.now()}`);
    clock.startTimer(5, () => seen.push(`c at ${clock.now()}`));
  });
  clock.startTimer(15, () => seen.push('never')).cancel();
  await clock.advance(19);
  expect(seen).toEqual(['a at 1010', 'c at 1015']);
  await clock.advance(1);
  expect(seen).toEqual(['a at 1010', 'c at 1015', 'b at 1020']);
  expect([clock.now(), clock.monotonicMs()]).toEqual([1020, 20]);
});

test('[K1] what awaits a sleep goes on before the clock moves further', async () => {
  const clock = createFakeClock(0);
  const seen: number[] = [];
  const twice = async () => {
    await clock.sleep(10);
    seen.push(clock.now());
    await clock.sleep(10);
    seen.push(clock.now());
  };
  const done = twice();
  await clock.advance(100);
  await done;
  expect(seen).toEqual([10, 20]);
});

test('[K2] an aborted sleep rejects with the reason and leaves no timer', async () => {
  const clock = createFakeClock();
  const controller = new AbortController();
  const sleeping = clock.sleep(1000, controller.signal);
  expect(() => assertNoTimerLeft(clock)).toThrow('1 timer(s)');
  controller.abort(new Error('stopped'));
  await expect(sleeping).rejects.toThrow('stopped');
  await expect(clock.sleep(1000, controller.signal)).rejects.toThrow('stopped');
  assertNoTimerLeft(clock);
});
