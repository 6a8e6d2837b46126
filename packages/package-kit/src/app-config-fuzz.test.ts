import { isErrorCode, WirebookError } from '@wirebook/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAppConfig } from './app-config.ts';

const cases = 2000;
/** Of all cases; only one that hangs reaches it. */
const timeLimitMs = 30_000;
/** Stands in for secrets of every kind, and must not be shown by an error. */
const secret = 'hush-hush-4711';

const option = fc.constantFrom(
  ...['host', 'port', 'org', 'api_key_id', 'api_key_secret', 'email', 'password', 'cafile', 'stomp_cafile', 'stomp_port', 'num_workers'],
  ...['timeout', 'request_retry_delay', 'loglevel', 'logdir', 'resource_prefix', 'cache_ttl', 'completion_policy', 'max_message_bytes'],
  ...[
    'http_allowed_hosts',
    'poison_max_messages',
    'held_max_bytes',
    'destination_runs',
    '__proto__',
    'constructor',
    'toString',
    'HOST',
    '',
  ],
);
const value = fc.oneof(
  fc.constantFrom(
    'soar.example',
    '443',
    '0',
    '-1',
    '1e999',
    'NaN',
    'true',
    'false',
    'FALSE',
    '$HOME',
    '${HOME}',
    '${',
    '$',
    '${NO}',
    '$NO',
  ),
  fc.constantFrom(
    '^name',
    '^{name}',
    '^',
    '%(host)s',
    '%',
    'a\n b',
    '\n\n  x',
    '10.0.0.0/8, *.example:443',
    '::1/200',
    '99999999999999999999',
    '',
  ),
  fc.constant(secret),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
);
const separator = fc.constantFrom('=', ':', ' = ', '', ' : ', '==');
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(option, separator, value).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('[resilient]', '[wirebook]', '[secrets]', '[fn_app]', '[', ']', '[]', '[__proto__]', '[DEFAULT]', '[a]]'),
  },
  { weight: 1, arbitrary: fc.constantFrom('# note', '; note', '', '  continued', '\tcontinued', '\ufeff', '\0', 'rem x') },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);
const sound = [
  '[resilient]',
  'host=soar.example',
  'org=Demo',
  'api_key_id=k',
  `api_key_secret=${secret}`,
  'port=443',
  '[wirebook]',
  'data_dir=/d',
];
/** Whole files with lines put in, changed and left out; and lines of any kind. */
const text = fc.oneof(
  fc.array(line, { maxLength: 25 }).map((lines) => lines.join('\n')),
  fc.array(fc.tuple(fc.nat(), line, fc.integer({ min: 0, max: 1 })), { maxLength: 4 }).map((edits) => {
    const lines = [...sound];
    for (const [at, added, removed] of edits) lines.splice(at % (lines.length + 1), removed, added);
    return lines.join('\n');
  }),
);

test(
  `[G2] [G21] [G14] ${cases} texts, damaged and random, are read and frozen or refused with a coded error that shows no secret`,
  async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(text, async (config) => {
        try {
          const read = await readAppConfig({
            path: '/app.config',
            env: { HOME: '/root' },
            homeDir: '/root',
            cwd: '/',
            readFile: async (path) => {
              if (path === '/app.config') return config;
              throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
            },
          });
          expect([Object.isFrozen(read), Object.isFrozen(read.connection), Object.isFrozen(read.sections)]).toEqual([true, true, true]);
        } catch (thrown) {
          if (!(thrown instanceof WirebookError)) throw thrown;
          refused += 1;
          expect([thrown.code, isErrorCode(thrown.code) && thrown.code.startsWith('CONFIG_')]).toEqual([thrown.code, true]);
          // Standing where no secret is expected, it is a value like any other.
          if (/secret|password/.test(thrown.message)) expect(thrown.message).not.toContain(secret);
        }
      }),
      { numRuns: cases, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
    );
    expect(refused).toBeGreaterThan(cases / 20);
    expect(refused).toBeLessThan(cases);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  timeLimitMs * 2,
);
