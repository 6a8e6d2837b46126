import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createSystemClock } from '@wirebook/engine';
import { createPlatformClient } from '@wirebook/soar-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { toHostOptions } from '../engine-host/host-options.ts';
import { type SimulatedConfig, startSimulatedConfig } from '../platform/simulated-config.stand-in.ts';
import { sampleFlowsDir } from './app-files.ts';
import { createProgram } from './program.ts';

let platform: SimulatedConfig;
let configPath: string;
const lookup = join(sampleFlowsDir, 'lookup-model.flow.json');

beforeAll(async () => {
  platform = await startSimulatedConfig();
  const config = await platform.readConfig();
  configPath = config.path;
  const client = await createPlatformClient({
    ...toHostOptions(config).rest,
    clock: createSystemClock(),
    random: () => 0.5,
    log: { info: () => undefined, warn: () => undefined },
  });
  const calls = client.forRun({ contextToken: undefined, signal: new AbortController().signal, onAttempt: () => undefined });
  await calls.request({ method: 'POST', path: '/message_destinations', body: { programmatic_name: 'locked', api_keys: [], users: [] } });
  await client.close();
});
afterEach(() => platform.change());
afterAll(() => platform.close());

async function run(...args: string[]) {
  const printed: string[] = [];
  const complained: string[] = [];
  const program = createProgram({
    environment: { variables: {}, workingDir: '/', homeDir: '/' },
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    signal: new AbortController().signal,
  });
  const exitCode = await program.run([...args, '--config', configPath]);
  return { exitCode, printed, complained, text: printed.join('\n') };
}

const closedPort = () =>
  new Promise<number>((settle) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

test('[B23] doctor tells each step of a good connection with what was found, and the rights on destinations', async () => {
  const { exitCode, printed, text } = await run('doctor');
  expect(exitCode).toBe(0);
  expect(printed.at(-1)).toBe('Everything is in order.');
  expect(printed.slice(0, -1).every((line) => line.startsWith('good '))).toBe(true);
  for (const part of ['Certificate of 127.0.0.1', 'chain, host name and date are right', 'Log in', 'id 201', 'not from locked'])
    expect(text).toContain(part);
  expect(text).not.toContain(platform.simulator.apiKeySecret);
});

test('[B23] a flow whose destination the account may not read is bad, with exit code 32', async () => {
  const flow = JSON.parse(readFileSync(join(sampleFlowsDir, 'incident-changed.flow.json'), 'utf8'));
  const source = flow.nodes.find(({ type }: { type: string }) => type === 'soar.rule' || type === 'soar.destination');
  source.config.destination = 'locked';
  const path = join(configPath, '..', 'locked.flow.json');
  writeFileSync(path, JSON.stringify(flow));
  const { exitCode, text } = await run('doctor', '--flow', path);
  expect(text).toMatch(/bad +Read from the destinations .*may not read from locked.*SOAR_BROKER_NOT_AUTHORIZED/);
  expect(exitCode).toBe(32);
});

test.each<[string, () => Promise<Record<string, string | number>>, number]>([
  ['the REST port is closed', async () => ({ port: await closedPort() }), 20],
  ['the login is refused', async () => ({ api_key_secret: 'wrong-1' }), 21],
  ['the CA file is not there', async () => ({ cafile: '/none.pem' }), 22],
  ['the certificate is from elsewhere', async () => ({ cafile: '' }), 23],
  ['the organisation is unknown', async () => ({ org: 'Nobody' }), 24],
  ['the broker is not there', async () => ({ stomp_port: await closedPort() }), 30],
])('[B24] when %s selftest says so in one line and ends with the exit code of resilient-circuits', async (_name, change, expected) => {
  platform.change(await change());
  const { exitCode, printed, text } = await run('selftest');
  expect(exitCode).toBe(expected);
  expect(printed.filter((line) => line.startsWith('bad '))).toHaveLength(1);
  expect(text).not.toContain('wrong-1');
});

test('[B24] selftest --json is one line with state, exit code, steps and flows', async () => {
  const { exitCode, printed } = await run('selftest', '--json', '--flow', lookup);
  expect(printed).toHaveLength(1);
  const result = JSON.parse(printed[0] ?? '');
  expect(result).toMatchObject({ state: 'success', exitCode: 0, flows: [{ state: 'success', reason: null }] });
  expect(result.steps.map(({ outcome }: { outcome: string }) => outcome)).toEqual(result.steps.map(() => 'good'));
  expect(exitCode).toBe(0);
});

test('[B24] a flow that does not fit the organisation is a failure with what is missing, and exit code 1', async () => {
  const path = join(configPath, '..', 'other.flow.json');
  writeFileSync(path, readFileSync(lookup, 'utf8').replaceAll('lookup_model_by_id', 'no_such_function'));
  const { exitCode, text } = await run('selftest', '--flow', path);
  expect(text).toMatch(/^flow ".*": failure: the organisation has no function no_such_function \[SOAR_FUNCTION_UNKNOWN\]$/m);
  expect(exitCode).toBe(1);
});
