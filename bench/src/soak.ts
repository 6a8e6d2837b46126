/**
 * Server and engine, as `wirebook start` runs them, under a steady load for long: memory, file handles, size of ledger and traces, drops,
 * every 10 s, and their slopes by least squares. `--minutes M --rate N` change time and load.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChildren, findSlope, type ResourceSample, sampleProcess } from './throughput/resource-samples.ts';
import { startRig } from './throughput/rig.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '200' } } });
const minutes = Number(values.minutes);
const perSecond = Number(values.rate);
const intervalMs = 10_000;
/** Of the time, at the beginning: code is compiled and caches fill. */
const warmUpPart = 0.3;
const secondsAMinute = 60;
const secondsAnHour = 3600;
const megabyte = 1_048_576;
const rootDir = fileURLToPath(new URL('../..', import.meta.url));

interface SoakSample {
  readonly server: ResourceSample;
  readonly engine: ResourceSample;
  readonly ledgerMb: number;
  readonly traceMb: number;
  readonly drops: Readonly<Record<string, number>>;
  readonly openEntries: number;
}

const rig = await startRig();
const dataDir = join(rig.dir, 'data');
const product = spawn(
  process.execPath,
  [join(rootDir, 'server/bin/wirebook.js'), 'start', '--config', rig.configFile, '--data', dataDir, '--port', '0', '--json'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const call = await signIn(await readReady());
  const document: unknown = JSON.parse(readFileSync(join(rootDir, 'bench/flows/expression.flow.json'), 'utf8'));
  const { id } = (await call('POST', '/api/flows', { name: 'Soak', document })) as { id: string };
  await call('POST', '/api/deployments', { flowIds: [id], acceptWarnings: true });
  const serverPid = product.pid ?? 0;
  const enginePid = await findEngine(serverPid);
  const startedAt = performance.now();
  const samples: SoakSample[] = [];

  async function sample(): Promise<void> {
    const atSeconds = (performance.now() - startedAt) / 1000;
    const health = (await call('GET', '/api/health')) as { drops: Record<string, number>; openEntries: number };
    const taken = {
      server: sampleProcess(serverPid, atSeconds),
      engine: sampleProcess(enginePid, atSeconds),
      ledgerMb: sizeOf('ledger.db'),
      traceMb: sizeOf('trace.db'),
      drops: health.drops,
      openEntries: health.openEntries,
    };
    samples.push(taken);
    const { server, engine, ledgerMb, traceMb, openEntries } = taken;
    console.error(
      `${atSeconds.toFixed(0)} s: server ${server.memoryMb.toFixed(0)} MB ${server.fileHandles} files, engine ${engine.memoryMb.toFixed(0)} MB ${engine.fileHandles} files, ledger ${ledgerMb.toFixed(0)} MB, traces ${traceMb.toFixed(0)} MB, open ${openEntries}, drops ${JSON.stringify(health.drops)}`,
    );
  }

  const timer = setInterval(() => void sample(), intervalMs);
  const latencies = await rig.workload.runSteady({ perSecond, seconds: minutes * secondsAMinute });
  clearInterval(timer);
  const seconds = (performance.now() - startedAt) / 1000;
  await sample();
  print(samples, { latencies, seconds });
} finally {
  product.kill('SIGTERM');
  await once(product, 'close');
  await rig.close();
}

async function readReady(): Promise<{ url: string; signInLink: string }> {
  for await (const line of createInterface({ input: product.stdout })) if (line.startsWith('{"ready"')) return JSON.parse(line);
  throw new Error('the product ended before it was ready');
}

/** A browser's session; answers with the body. */
async function signIn(ready: { readonly url: string; readonly signInLink: string }) {
  const { origin } = new URL(ready.url);
  const headers: Record<string, string> = { origin };
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const cookie = answer.headers.get('set-cookie');
    if (cookie !== null) headers.cookie = cookie.split(';')[0] ?? '';
    return text === '' ? undefined : JSON.parse(text);
  };
  const token = new URL(ready.signInLink).hash.replace('#token=', '');
  const session = (await call('POST', '/api/session/link', { token })) as { csrfToken: string };
  headers['x-csrf-token'] = session.csrfToken;
  return call;
}

async function findEngine(serverPid: number): Promise<number> {
  const [pid] = findChildren(serverPid);
  if (pid === undefined) throw new Error('the server has no engine process');
  return pid;
}

/** With what is not yet in the file itself. */
function sizeOf(name: string): number {
  return ['', '-wal'].reduce((sum, suffix) => {
    const found = statSync(join(dataDir, 'engine', `${name}${suffix}`), { throwIfNoEntry: false });
    return sum + (found?.size ?? 0) / megabyte;
  }, 0);
}

function print(samples: readonly SoakSample[], about: { readonly latencies: readonly number[]; readonly seconds: number }): void {
  const { latencies, seconds } = about;
  const settled = samples.filter(({ server }) => server.atSeconds > seconds * warmUpPart);
  const rows: readonly (readonly [string, (sample: SoakSample) => number])[] = [
    ['server, MB resident', ({ server }) => server.memoryMb],
    ['engine, MB resident', ({ engine }) => engine.memoryMb],
    ['server, file handles', ({ server }) => server.fileHandles],
    ['engine, file handles', ({ engine }) => engine.fileHandles],
    ['ledger, MB', ({ ledgerMb }) => ledgerMb],
    ['traces, MB', ({ traceMb }) => traceMb],
    ['entries of the ledger that are open', ({ openEntries }) => openEntries],
    ['dropped, of everything', ({ drops }) => Object.values(drops).reduce((sum, count) => sum + count, 0)],
  ];
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN;
  console.log(
    `${(seconds / secondsAMinute).toFixed(1)} minutes, ${latencies.length} actions, ${(latencies.length / seconds).toFixed(0)}/s, p99 ${p99.toFixed(0)} ms; ${settled.length} samples after the first ${warmUpPart * 100} %\n`,
  );
  console.log('| | first | largest | last | slope an hour |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [name, read] of rows) {
    const seen = settled.map(read);
    const slope = findSlope(settled.map((sample) => [sample.server.atSeconds, read(sample)])) * secondsAnHour;
    const numbers = [seen[0] ?? Number.NaN, Math.max(...seen), seen.at(-1) ?? Number.NaN, slope];
    console.log(`| ${name} | ${numbers.map((number) => number.toFixed(1)).join(' | ')} |`);
  }
}
