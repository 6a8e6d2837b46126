/**
 * Actions a second, processor time an action, latency and memory of the engine, beside a bare stompjs consumer that keeps the same
 * promise, on ActiveMQ over TLS with a synced journal. Prints a table; `--messages N --seconds S` change the size of it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createActiveMq } from '@wirebook/integration/activemq';
import { everyQueue, integrationRights } from '@wirebook/integration/activemq-rights';
import { createSimulator, demoOrgId, simulatorCredentials } from '@wirebook/simulator';
import { type Contestant, startContestant } from './throughput/contestant.ts';
import { readProcessUsage } from './throughput/process-usage.ts';
import { connectStomp } from './throughput/stomp-client.ts';
import { createWorkload, type Workload } from './throughput/workload.ts';

interface Row {
  readonly name: string;
  readonly perSecond: number;
  readonly cpuMsPerAction: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly peakMemoryMb: number;
}

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '15' },
    /** Folder for CPU profiles of the engine processes. */
    profile: { type: 'string' },
    /** Folder with Node-RED in its node_modules, as `npm install node-red@4` makes it; it takes part then. */
    'node-red': { type: 'string' },
  },
});
const messageCount = Number(values.messages);
const steady = { perSecond: Number(values.rate), seconds: Number(values.seconds) };
const profiling = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile];
const warmUpCount = 500;
const seed = 'bench';
const queue = `actions.${demoOrgId}.fn_models`;
const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'wirebook-bench-'));

const credentials = simulatorCredentials(seed);
const apiKey = credentials.apiKeys.find(({ orgId }) => orgId === demoOrgId);
if (apiKey === undefined) throw new Error('the simulator has no API key for the demonstration organisation');
const activeMq = await createActiveMq({
  users: [
    { name: credentials.platform.login, password: credentials.platform.passcode, rights: everyQueue },
    { name: apiKey.id, password: apiKey.secret, rights: integrationRights(demoOrgId) },
  ],
});
const simulator = await createSimulator({ seed, broker: { url: activeMq.tlsUrl, caFile: activeMq.caFile } });
const platform = await connectStomp({
  host: activeMq.host,
  port: activeMq.tlsPort,
  caPem: activeMq.caPem,
  login: credentials.platform.login,
  passcode: credentials.platform.passcode,
});
const workload = createWorkload(platform, `/queue/${queue}`);

const contestants: readonly (() => Promise<Contestant>)[] = [
  () => startBareConsumer('bare stompjs consumer', true),
  () => startWirebook('Wirebook, source -> expression -> result', 'expression'),
  () => startWirebook('Wirebook, the same with a script in the middle', 'script'),
  () => startBareConsumer('bare stompjs consumer without any promise', false),
  ...(values['node-red'] === undefined ? [] : [() => startNodeRed(values['node-red'] ?? '')]),
];

try {
  const rows: Row[] = [];
  for (const start of contestants) rows.push(await measure(start, workload));
  printTable(rows);
} finally {
  await platform.deactivate();
  await simulator.close();
  await activeMq.close();
  rmSync(dir, { recursive: true, force: true });
}

async function measure(start: () => Promise<Contestant>, work: Workload): Promise<Row> {
  const contestant = await start();
  await work.fill(warmUpCount);
  await work.waitForReplies(warmUpCount);
  const latencies = await work.runSteady(steady);
  await contestant.stop();

  await work.fill(messageCount);
  const drainer = await start();
  const before = readProcessUsage(drainer.pid);
  const startedAt = performance.now();
  await work.waitForReplies(messageCount);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = readProcessUsage(drainer.pid);
  await drainer.stop();
  const row = {
    name: contestant.name,
    perSecond: messageCount / seconds,
    cpuMsPerAction: (after.cpuMs - before.cpuMs) / messageCount,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    peakMemoryMb: after.peakMemoryMb,
  };
  console.error(`${row.name}: ${row.perSecond.toFixed(0)}/s`);
  return row;
}

/** What a consumer that is no Wirebook needs to know of the broker. */
function toBrokerArgument(more: object): string {
  return JSON.stringify({
    host: activeMq.host,
    port: activeMq.tlsPort,
    caFile: activeMq.caFile,
    login: apiKey?.id,
    passcode: apiKey?.secret,
    destination: `/queue/${queue}`,
    subscriptions: 5,
    prefetch: 10,
    ...more,
  });
}

function startBareConsumer(name: string, keepsPromise: boolean): Promise<Contestant> {
  const script = fileURLToPath(new URL('./throughput/bare-consumer.js', import.meta.url));
  return startContestant({ name, args: [script, toBrokerArgument({ keepsPromise })], readyLine: 'ready' });
}

function startNodeRed(installedIn: string): Promise<Contestant> {
  const script = fileURLToPath(new URL('./throughput/node-red-consumer.js', import.meta.url));
  return startContestant({
    name: 'Node-RED 4 with stompjs, without any promise',
    args: [script, toBrokerArgument({ installedIn, userDir: join(dir, 'node-red') })],
    readyLine: 'ready',
  });
}

function startWirebook(name: string, flow: 'expression' | 'script'): Promise<Contestant> {
  const rest = new URL(simulator.restUrl);
  const config = join(dir, 'app.config');
  const lines = [
    '[resilient]',
    `host=${rest.hostname}`,
    `port=${rest.port}`,
    `stomp_host=${activeMq.host}`,
    `stomp_port=${activeMq.tlsPort}`,
    `api_key_id=${apiKey?.id}`,
    `api_key_secret=${apiKey?.secret}`,
    `cafile=${simulator.caFile}`,
    `stomp_cafile=${activeMq.caFile}`,
    `org=${simulator.org}`,
    'num_workers=50',
    'loglevel=WARNING',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const flowFile = join(rootDir, 'bench', 'flows', `${flow}.flow.json`);
  readFileSync(flowFile);
  return startContestant({
    name,
    args: [
      ...profiling,
      join(rootDir, 'server', 'bin', 'wirebook.js'),
      'run',
      '--config',
      config,
      '--flow',
      flowFile,
      '--data',
      join(dir, `data-${flow}`),
    ],
    readyLine: 'ready',
  });
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function printTable(rows: readonly Row[]): void {
  const base = rows[0];
  if (base === undefined) return;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ActiveMQ 5.17 over TLS, journal synced`,
  );
  console.log(`${messageCount} messages of 6 KB drained; latency at ${steady.perSecond}/s over ${steady.seconds} s\n`);
  console.log('| | actions/s | processor ms/action | ratio | p50 ms | p95 ms | p99 ms | p50 - baseline | peak MB |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const row of rows) {
    const ratio = row.cpuMsPerAction / base.cpuMsPerAction;
    console.log(
      `| ${row.name} | ${row.perSecond.toFixed(0)} | ${row.cpuMsPerAction.toFixed(3)} | ${ratio.toFixed(2)} | ${row.p50.toFixed(1)} | ${row.p95.toFixed(1)} | ${row.p99.toFixed(1)} | ${(row.p50 - base.p50).toFixed(1)} | ${row.peakMemoryMb.toFixed(0)} |`,
    );
  }
}
