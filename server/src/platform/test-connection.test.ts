import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createSystemClock } from '@wirebook/engine';
import { createFakeClock } from '@wirebook/testkit';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type SimulatedConfig, startSimulatedConfig } from './simulated-config.stand-in.ts';
import { testConnection } from './test-connection.ts';
import { trySteps } from './test-steps.ts';

let platform: SimulatedConfig;

beforeAll(async () => {
  platform = await startSimulatedConfig();
});
afterEach(async () => {
  platform.change();
  await platform.simulator.faults.clear();
});
afterAll(() => platform.close());

const never = new AbortController().signal;
const run = () => testConnection({ readConfig: platform.readConfig, clock: createSystemClock(), random: () => 0.5, signal: never });

/** What the platform has, asked by another way than the product's. */
async function countDefinitions(): Promise<string> {
  const { restUrl, orgId, apiKeyId, apiKeySecret, caFile } = platform.simulator;
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile, 'utf8') } });
  const authorization = `Basic ${Buffer.from(`${apiKeyId}:${apiKeySecret}`).toString('base64')}`;
  const count = async (what: string) => {
    const { body } = await request(`${restUrl}/rest/orgs/${orgId}/${what}`, { dispatcher, headers: { authorization } });
    return ((await body.json()) as { entities: unknown[] }).entities.length;
  };
  const [functions, destinations, rules] = [await count('functions'), await count('message_destinations'), await count('actions')];
  await dispatcher.close();
  return `${functions} functions, ${destinations} destinations and ${rules} rules`;
}

const closedPort = () =>
  new Promise<number>((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

test('[O3] a good connection is good in every step, each with what was found', async () => {
  const steps = await run();
  expect(steps.map(({ outcome }) => outcome)).toEqual(steps.map(() => 'good'));
  const port = new URL(platform.simulator.restUrl).port;
  expect(steps.map(({ what }) => what)).toEqual([
    'Read app.config',
    'Look up 127.0.0.1',
    `Connect to 127.0.0.1:${port} (REST)`,
    `Certificate of 127.0.0.1:${port}`,
    'Log in',
    'Choose the organisation',
    'Read definitions',
    `Connect to 127.0.0.1:${platform.simulator.stompPort} (broker)`,
    'Log in to the broker',
  ]);
  const texts = steps.map(({ detail }) => detail).join('\n');
  expect(texts).toContain('id 201');
  expect(texts).toContain(await countDefinitions());
  expect(texts).not.toContain(platform.simulator.apiKeySecret);
});

test.each<[string, () => Promise<Record<string, string | number>>, string, string]>([
  ['no option host', async () => ({ host: '' }), 'Read app.config', 'CONFIG_OPTION_MISSING'],
  ['a name that is not known', async () => ({ host: 'no-such.invalid' }), 'Look up no-such.invalid', 'SOAR_REST_UNREACHABLE'],
  ['a closed port', async () => ({ port: await closedPort() }), 'Connect to', 'SOAR_REST_UNREACHABLE'],
  ['a wrong secret', async () => ({ api_key_secret: 'wrong' }), 'Log in', 'SOAR_LOGIN_REFUSED'],
  ['another organisation', async () => ({ org: 'Nobody' }), 'Choose the organisation', 'SOAR_ORG_UNKNOWN'],
  ['a closed port of the broker', async () => ({ stomp_port: await closedPort() }), 'Connect to', 'SOAR_BROKER_UNREACHABLE'],
])('[O3] %s fails in its step with what to do, and the rest is skipped', async (_, change, what, code) => {
  platform.change(await change());
  const steps = await run();
  const bad = steps.findIndex(({ outcome }) => outcome === 'bad');
  expect(steps[bad]).toMatchObject({ what: expect.stringContaining(what), detail: expect.stringContaining(`[${code}]`) });
  expect(steps.map(({ outcome }) => outcome)).toEqual(
    steps.map((_step, index) => (index < bad ? 'good' : index === bad ? 'bad' : 'skipped')),
  );
});

test.each([
  ['expired', 'SOAR_TLS_EXPIRED'],
  ['wrong-host', 'SOAR_TLS_NAME_MISMATCH'],
  ['untrusted', 'SOAR_TLS_UNTRUSTED'],
] as const)('[O3] a certificate that is %s fails before any credential is sent', async (kind, code) => {
  await platform.simulator.faults.useRestCertificate(kind);
  const before = platform.simulator.requests().length;
  const bad = (await run()).find(({ outcome }) => outcome === 'bad');
  expect(bad).toMatchObject({ what: expect.stringContaining('Certificate of'), detail: expect.stringContaining(`[${code}]`) });
  expect(platform.simulator.requests()).toHaveLength(before);
});

test('[O3] a certificate of the broker that is not trusted fails in the last step', async () => {
  await platform.simulator.faults.useStompCertificate('expired');
  expect((await run()).at(-1)).toMatchObject({
    what: 'Log in to the broker',
    outcome: 'bad',
    detail: expect.stringContaining('[SOAR_TLS_EXPIRED]'),
  });
});

test('[O4] a step without an end is given up after its time, and told to stop', async () => {
  const clock = createFakeClock();
  let isStopped = false;
  const tried = trySteps(
    [
      {
        side: 'rest',
        what: 'Wait',
        run: (signal) =>
          new Promise(() => {
            signal.addEventListener('abort', () => {
              isStopped = true;
            });
          }),
      },
      { side: 'rest', what: 'Go on', run: async () => 'never' },
    ],
    { clock, limitMs: 10_000, signal: never },
  );
  await clock.advance(10_000);
  expect(await tried).toMatchObject([
    { what: 'Wait', outcome: 'bad', detail: expect.stringContaining('10 s'), durationMs: 10_000 },
    { what: 'Go on', outcome: 'skipped', durationMs: 0 },
  ]);
  expect([isStopped, clock.pendingCount]).toEqual([true, 0]);
});
