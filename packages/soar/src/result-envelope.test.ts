import { expect, test } from 'vitest';
import { formatMetricsTime, resultEnvelope } from './result-envelope.ts';

const metrics = { package: 'p', packageVersion: '1.0.0', host: 'h', executionTimeMs: 42, timestamp: '2020-12-07 15:55:28' };
const writtenMetrics = {
  version: '1.0',
  package: 'p',
  package_version: '1.0.0',
  host: 'h',
  execution_time_ms: 42,
  timestamp: '2020-12-07 15:55:28',
};
const common = { success: true, reason: null, content: { value: 'xyz' }, inputs: { a: 1 }, metrics };

test('[V15] the envelope of both versions, keys in order', () => {
  expect(JSON.stringify([resultEnvelope({ version: '2.0', ...common }), resultEnvelope({ version: '1.0', ...common })])).toBe(
    JSON.stringify([
      { version: 2, success: true, reason: null, content: { value: 'xyz' }, raw: null, inputs: { a: 1 }, metrics: writtenMetrics },
      { version: '1.0', success: true, reason: null, content: { value: 'xyz' }, raw: '', inputs: { a: 1 }, metrics: writtenMetrics },
    ]),
  );
});

test('[V15] the time of the metrics is local, to the second', () => {
  expect(formatMetricsTime(new Date(2020, 11, 7, 5, 5, 8).getTime())).toBe('2020-12-07 05:05:08');
});
