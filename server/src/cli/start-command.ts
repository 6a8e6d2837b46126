import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSystemClock } from '@wirebook/engine';
import { createSimulator, type InvocationView, type Simulator } from '@wirebook/simulator';
import { supervise } from '../engine-host/supervise.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import { findSampleArtifact, type SampleArtifact } from './sample-artifact.ts';

export interface StartCommandOptions {
  readonly dataDir: string;
}

const checkoutDir = fileURLToPath(new URL('../../..', import.meta.url));
const programFile = fileURLToPath(new URL('../../bin/wirebook.js', import.meta.url));
const sampleFlows = ['lookup-model', 'create-ticket', 'incident-changed'];
const pollMs = 100;
/** The simulator and the engine keep logins and case data here. */
const ownerOnly = 0o700;
const stopWithinMs = 10_000;
/** A restart does not cure these. */
const finalExitCodes: ReadonlySet<number> = new Set([exitCodes.usage, exitCodes.config, exitCodes.flow, exitCodes.locked]);

/** `wirebook start`: simulated platform, engine as a supervised process, sample flows, and one action to look at. */
export async function runStartCommand(options: StartCommandOptions, io: CommandIo): Promise<number> {
  const clock = createSystemClock();
  const dataDir = resolve(io.environment.workingDir, options.dataDir);
  const simulator = await createSimulator({ dataDir: join(dataDir, 'simulator') });
  try {
    const configFile = await writeAppConfig(simulator, dataDir);
    io.print(`Simulated platform: organisation ${simulator.orgId} "${simulator.org}"`);
    io.print(`  REST ${simulator.restUrl}   STOMP ${simulator.stompHost}:${simulator.stompPort}   control ${simulator.controlUrl}`);
    io.print(`  configuration ${configFile}`);
    let announceReady: () => void = () => undefined;
    const ready = new Promise<void>((settle) => {
      announceReady = settle;
    });
    const engine = supervise({
      args: [programFile, 'run', '--config', configFile, '--data', join(dataDir, 'engine'), ...toFlowArguments()],
      env: io.environment.variables,
      clock,
      onLine: (line) => {
        if (line === 'ready') announceReady();
      },
      onLogLine: (line) => printLogLine(line, io),
      onExit: ({ code, signal, restartInMs }) => {
        if (restartInMs !== null)
          io.complain(`The engine process ended (${signal ?? `exit code ${code}`}); it starts again in ${restartInMs} ms.`);
        else if (!io.signal.aborted) io.complain(`The engine process ended (${signal ?? `exit code ${code}`}).`);
      },
      finalCodes: finalExitCodes,
    });
    const stopped = new Promise<void>((settle) => io.signal.addEventListener('abort', () => settle(), { once: true }));
    await Promise.race([ready, engine.ended, stopped]);
    if (engine.pid() === undefined) return exitCodes.failed;
    io.print(`ready: the engine runs ${sampleFlows.length} sample flows`);
    const target = await findSampleArtifact(simulator, io.signal);
    if (!io.signal.aborted) await showOneAction(simulator, target, io);
    const watching = watchActions(simulator, target, io);
    await Promise.race([engine.ended, stopped]);
    watching.close();
    const code = io.signal.aborted ? exitCodes.ok : exitCodes.failed;
    await engine.stop(stopWithinMs);
    return code;
  } finally {
    await simulator.close();
  }
}

async function writeAppConfig(simulator: Simulator, dataDir: string): Promise<string> {
  const rest = new URL(simulator.restUrl);
  const file = join(dataDir, 'app.config');
  await mkdir(dataDir, { recursive: true, mode: ownerOnly });
  const lines = [
    '# Written at each start for the simulated platform.',
    '[resilient]',
    `host=${rest.hostname}`,
    `port=${rest.port}`,
    `stomp_host=${simulator.stompHost}`,
    `stomp_port=${simulator.stompPort}`,
    `org=${simulator.org}`,
    `api_key_id=${simulator.apiKeyId}`,
    `api_key_secret=${simulator.apiKeySecret}`,
    `cafile=${simulator.caFile}`,
    '',
  ];
  await writeFile(file, lines.join('\n'), { mode: 0o600 });
  return file;
}

function toFlowArguments(): string[] {
  return sampleFlows.flatMap((name) => ['--flow', join(checkoutDir, 'samples', 'flows', `${name}.flow.json`)]);
}

/** Fires the menu item Lookup Model on an artifact and waits for its Action Status. */
async function showOneAction(simulator: Simulator, target: SampleArtifact, io: CommandIo): Promise<void> {
  io.print('');
  io.print(`An analyst chooses "Lookup Model" on the artifact ${target.value} of incident ${target.incidentId}:`);
  const id = await simulator.invocations.fire({
    rule: 'Lookup Model',
    incident: target.incidentId,
    object: { type: 'artifact', id: target.artifactId },
  });
  const clock = createSystemClock();
  let view = simulator.invocations.find(id);
  while (view?.status === 'Pending' && !io.signal.aborted) {
    await clock.sleep(pollMs);
    view = simulator.invocations.find(id);
  }
  if (view !== undefined) for (const line of describeAction(view)) io.print(`  ${line}`);
}

function describeAction(view: InvocationView): string[] {
  const lines = view.replies.map((reply) => `${reply.receivedAt}  ${reply.complete ? 'completed' : 'status   '}  ${reply.message}`);
  return [...lines, `Action Status: ${view.status}. ${view.information}`, `Result: ${JSON.stringify(view.result)}`];
}

/** Tells of every further action when it is over. */
function watchActions(simulator: Simulator, target: SampleArtifact, io: CommandIo): { close(): void } {
  io.print('');
  io.print('Fire more actions through the control port, for example:');
  io.print(`  curl -s -X POST ${simulator.controlUrl}/invocations -H 'content-type: application/json' \\`);
  io.print(`    -d '{"rule":"Create Ticket","incident":${target.incidentId},"properties":{"ticket_priority":"High"}}'`);
  io.print('Stop with Ctrl+C.');
  const told = new Set<number>(simulator.invocations.list().map(({ id }) => id));
  const clock = createSystemClock();
  let timer = clock.startTimer(pollMs, look);

  function look(): void {
    for (const view of simulator.invocations.list()) {
      if (told.has(view.id) || view.status === 'Pending') continue;
      told.add(view.id);
      io.print('');
      io.print(`${view.name} (invocation ${view.id}):`);
      for (const line of describeAction(view)) io.print(`  ${line}`);
    }
    timer = clock.startTimer(pollMs, look);
  }

  return { close: () => timer.cancel() };
}

/** Log lines of the engine are for machines; a person sees warnings and errors only. */
function printLogLine(line: string, io: CommandIo): void {
  const noticeLevel = 40;
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record !== 'object' || record === null) return;
    const level: unknown = Reflect.get(record, 'level');
    if (typeof level === 'number' && level >= noticeLevel) io.complain(`engine: ${String(Reflect.get(record, 'msg'))}`);
  } catch {
    io.complain(`engine: ${line}`);
  }
}
