import { createFakeClock } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import type { SourceWait } from './source-plan.ts';
import { createWaitingRoom, type Waiter, type WaitingRoomOptions } from './waiting-room.ts';

const debounce: SourceWait = { kind: 'debounce', waitMs: 1000, jitterMs: 0, discard: true };

function createClaims(claims: Map<string, number>): WaitingRoomOptions['ledger'] {
  return {
    findClaimEnd: ({ scope, key, atMs }) => {
      const untilMs = claims.get(`${scope} ${key}`) ?? 0;
      return untilMs > atMs ? untilMs : null;
    },
    takeKey: ({ scope, key, untilMs }) => {
      claims.set(`${scope} ${key}`, untilMs);
    },
  };
}

function open(wait: SourceWait = debounce, claims = new Map<string, number>()) {
  const clock = createFakeClock();
  const room = createWaitingRoom({ clock, random: () => 0.5, ledger: createClaims(claims) });
  const heard: string[] = [];
  function enter(name: string, dueInMs: number | null = null): Waiter {
    const waiter: Waiter = {
      wait,
      scope: 'flow/node',
      key: 'k',
      dueAtMs: dueInMs === null ? null : clock.now() + dueInMs,
      onDue: () => heard.push(`${name} due`),
      onSkipped: () => heard.push(`${name} skipped`),
    };
    room.enter(waiter);
    return waiter;
  }
  return { clock, room, heard, enter };
}

test('[N5] after a restart one that had come before another of its key is skipped, whichever of them enters first', async () => {
  for (const order of [
    ['early', 'late'],
    ['late', 'early'],
  ]) {
    const { clock, heard, enter } = open();
    for (const name of order) enter(name, name === 'late' ? 800 : 300);
    expect(heard).toEqual(['early skipped']);
    await clock.advance(800);
    expect(heard).toEqual(['early skipped', 'late due']);
  }
});

test('[N5] of those that are all kept, one that enters late waits as long as the others', async () => {
  const { clock, heard, enter } = open({ ...debounce, discard: false });
  enter('late', 800);
  enter('early', 300);
  await clock.advance(799);
  expect(heard).toEqual([]);
  await clock.advance(1);
  expect(heard.sort()).toEqual(['early due', 'late due']);
});

test('[W10] a throttle goes on after a restart from when its last one began', async () => {
  const throttle: SourceWait = { kind: 'throttle', waitMs: 1000, jitterMs: 0, discard: false };
  const claims = new Map<string, number>();
  const first = open(throttle, claims);
  first.enter('one');
  await first.clock.advance(0);
  expect(first.heard).toEqual(['one due']);
  const second = open(throttle, claims);
  await second.clock.advance(300);
  second.enter('two');
  await second.clock.advance(699);
  expect(second.heard).toEqual([]);
  await second.clock.advance(1);
  expect(second.heard).toEqual(['two due']);
});

test('[W11] a throttle that skips does so after a restart, too', async () => {
  const throttle: SourceWait = { kind: 'throttle', waitMs: 60_000, jitterMs: 0, discard: true };
  const claims = new Map<string, number>();
  const first = open(throttle, claims);
  first.enter('one');
  await first.clock.advance(0);
  const second = open(throttle, claims);
  second.enter('two');
  expect(second.heard).toEqual(['two skipped']);
  await second.clock.advance(60_000);
  second.enter('three');
  await second.clock.advance(0);
  expect(second.heard).toEqual(['two skipped', 'three due']);
});

test('[N4] who leaves is not called back, and holds up no other of its key', async () => {
  const { clock, room, heard, enter } = open();
  const first = enter('first');
  room.leave(first);
  expect(room.size).toBe(0);
  enter('second');
  await clock.advance(1000);
  expect(heard).toEqual(['second due']);
});
