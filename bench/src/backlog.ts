/**
 * Memory of the engine while it drains a long queue from ActiveMQ over TLS: resident set each second, its maximum, and its slope by least
 * squares. `--messages N` changes the length; `--limit-mb M` makes the exit code tell whether the maximum stayed below.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startContestant } from './throughput/contestant.ts';
import { findSlope, type ResourceSample, sampleProcess } from './throughput/resource-samples.ts';
import { startRig } from './throughput/rig.ts';

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '100000' }, 'limit-mb': { type: 'string', default: 'Infinity' } },
});
const messageCount = Number(values.messages);
const intervalMs = 1000;
/** Of the time, at the beginning: code is compiled and caches fill. */
const warmUpPart = 0.2;
const secondsAMinute = 60;
const rootDir = fileURLToPath(new URL('../..', import.meta.url));

const rig = await startRig();
try {
  await rig.workload.fill(messageCount);
  console.error(`${messageCount} messages are queued`);
  const flow = join(rootDir, 'bench/flows/expression.flow.json');
  const args = ['run', '--config', rig.configFile, '--flow', flow, '--data', join(rig.dir, 'data')];
  const engine = await startContestant({ name: 'Wirebook', args: [join(rootDir, 'server/bin/wirebook.js'), ...args], readyLine: 'ready' });
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const samples: ResourceSample[] = [];
  const timer = setInterval(() => samples.push(sampleProcess(engine.pid, elapsed())), intervalMs);
  await rig.workload.waitForReplies(messageCount);
  clearInterval(timer);
  const seconds = elapsed();
  await engine.stop();

  const settled = samples.filter(({ atSeconds }) => atSeconds > seconds * warmUpPart);
  const maximum = Math.max(...samples.map(({ memoryMb }) => memoryMb));
  const slope = findSlope(settled.map(({ atSeconds, memoryMb }) => [atSeconds, memoryMb])) * secondsAMinute;
  console.log('| queued | seconds | actions/s | first MB | largest MB | last MB | slope MB/min after the first fifth |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  const shown = [samples[0]?.memoryMb ?? 0, maximum, samples.at(-1)?.memoryMb ?? 0].map((mb) => mb.toFixed(0)).join(' | ');
  console.log(`| ${messageCount} | ${seconds.toFixed(0)} | ${(messageCount / seconds).toFixed(0)} | ${shown} | ${slope.toFixed(2)} |`);
  process.exitCode = maximum < Number(values['limit-mb']) ? 0 : 1;
} finally {
  await rig.close();
}
