import type { ConnectionTestStep, LinkState } from '@wirebook/api';
import { createFakeClock, type FakeClock } from '@wirebook/testkit';
import { beforeEach, expect, test } from 'vitest';
import { createRestProbe, type RestProbe } from './rest-probe.ts';

const stepOf = (detail: string, outcome: ConnectionTestStep['outcome'], side: ConnectionTestStep['side'] = 'rest'): ConnectionTestStep => ({
  what: 'Certificate',
  side,
  outcome,
  detail,
  durationMs: 1,
});
const good = [stepOf('Fine.', 'good')];
const expired = [stepOf('The certificate has ended. Renew it. [SOAR_TLS_EXPIRED]', 'bad')];

let clock: FakeClock;
let rest: LinkState;
let found: readonly ConnectionTestStep[];
let looks: number;
let changes: number;
let probe: RestProbe;

beforeEach(() => {
  clock = createFakeClock();
  rest = { status: 'up', reason: null, code: null, sinceMs: clock.now() };
  found = good;
  looks = 0;
  changes = 0;
  probe = createRestProbe({
    clock,
    tryRest: () => {
      looks += 1;
      return Promise.resolve(found);
    },
    rest: () => rest,
    onChange: () => {
      changes += 1;
    },
  });
});

const shown = () => probe.correct(rest);

test('[O11] an idle connection is looked at every minute, one with a fault every ten seconds, and each change is told once', async () => {
  await clock.advance(60_000);
  expect([looks, changes, shown()]).toEqual([1, 0, rest]);
  found = expired;
  await clock.advance(60_000);
  expect(shown()).toEqual({
    status: 'down',
    reason: 'The certificate has ended. Renew it.',
    code: 'SOAR_TLS_EXPIRED',
    sinceMs: clock.now(),
  });
  await clock.advance(10_000);
  expect([looks, changes, clock.now() - shown().sinceMs]).toEqual([3, 1, 10_000]);
  found = good;
  await clock.advance(10_000);
  expect([changes, shown()]).toEqual([2, rest]);
  probe.close();
  await clock.advance(600_000);
  expect(looks).toBe(4);
});

test('[O11] a login that a test found refused stays until a test or the engine knows better', async () => {
  await clock.advance(10);
  probe.take([stepOf('Fine.', 'good'), stepOf('Refused. [SOAR_LOGIN_REFUSED]', 'bad'), stepOf('Not tried.', 'skipped', 'broker')]);
  await clock.advance(60_000);
  expect([looks > 0, shown().code]).toEqual([true, 'SOAR_LOGIN_REFUSED']);
  rest = { ...rest, sinceMs: clock.now() };
  expect(shown()).toBe(rest);
  probe.take([stepOf('Refused. [SOAR_LOGIN_REFUSED]', 'bad')]);
  probe.take([stepOf('No file. [CONFIG_FILE_MISSING]', 'bad', 'config')]);
  await clock.advance(10);
  expect(shown().code).toBe('SOAR_LOGIN_REFUSED');
  probe.take([...good, stepOf('Gone. [SOAR_BROKER_UNREACHABLE]', 'bad', 'broker')]);
  expect(shown()).toBe(rest);
});

test('[O11] a certificate that a test found bad is taken back by looking, as soon as it is good', async () => {
  found = expired;
  probe.take(expired);
  await clock.advance(1);
  expect(shown().code).toBe('SOAR_TLS_EXPIRED');
  found = good;
  await clock.advance(10_000);
  expect(shown()).toBe(rest);
});

test('[O11] what the engine says of a side that is not usable stands, and nothing is tried', async () => {
  rest = { status: 'down', reason: 'refused', code: 'SOAR_LOGIN_REFUSED', sinceMs: 0 };
  found = expired;
  probe.look();
  await clock.advance(120_000);
  expect([looks, shown()]).toEqual([0, rest]);
});
