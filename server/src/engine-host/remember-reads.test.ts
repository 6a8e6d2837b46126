import { compileConfig, createSystemClock } from '@wirebook/engine';
import { createRedactor } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { rememberReads } from './remember-reads.ts';

test('[R1] what a flow reads from secrets and environment is redacted from then on, what nobody read is not', () => {
  const redactor = createRedactor({ secrets: [], keyedHash: () => 'aaaaaaaa' });
  const values: Readonly<Record<string, string | undefined>> = { hook: 'from-secrets', TOKEN: 'from-environment', HOME: 'never-read' };
  const read = rememberReads((name) => values[name], redactor);
  const { fixed } = compileConfig({
    config: { a: { $secret: 'hook' }, b: { $env: 'TOKEN' } },
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        a: { type: 'string', 'x-expression': true },
        b: { type: 'string', 'x-expression': true },
      },
    },
    nodeName: 'call',
    ancestors: new Set(),
    secrets: read,
    env: read,
    clock: createSystemClock(),
    random: () => 0,
  });
  expect(fixed).toEqual({ a: 'from-secrets', b: 'from-environment' });
  expect(redactor.redactJson(JSON.stringify({ ...fixed, c: 'never-read' }))).toBe(
    '{"a":"‹redacted:aaaaaaaa›","b":"‹redacted:aaaaaaaa›","c":"never-read"}',
  );
  expect(read('missing')).toBeUndefined();
});
