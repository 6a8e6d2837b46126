import { defineNode } from '@wirebook/node-kit';
import { parseConfig, testNode } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { coreSchedule } from './descriptor.ts';
import { executeSchedule } from './execute.ts';

const node = defineNode(coreSchedule, executeSchedule);

test('[N100] the time is the message', async () => {
  const bench = testNode(node, {});
  const body = { scheduledAt: '2026-03-01T06:00:00.000Z', since: '2026-03-01T05:55:00.000Z' };
  await bench.send(body);
  expect(bench.sent('out')).toEqual([body]);
});

test('[N100] it runs every five minutes and makes up once unless the config says otherwise', () => {
  expect(parseConfig(coreSchedule, {})).toEqual({
    when: 'every',
    everyMs: 300_000,
    cron: '0 6 * * *',
    timeZone: '',
    startAtOnce: false,
    missed: 'once',
    lookBackMs: 3_600_000,
  });
});

test.each([[{ everyMs: 10 }], [{ everyMs: '5 min' }], [{ when: 'daily' }], [{ missed: 'all' }]])(
  '[N100] a config that does not fit is refused: %j',
  (config) => {
    expect(() => testNode(node, config)).toThrow('core.schedule: config');
  },
);
