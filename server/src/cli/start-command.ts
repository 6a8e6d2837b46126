import { join, resolve } from 'node:path';
import { createSystemClock, createSystemIds } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import { lockDataFolder, openAppStore } from '@wirebook/store';
import { createRedactor } from '@wirebook/trace';
import { createSystemSecrets } from '../auth/system-random.ts';
import { createUsers, type Users } from '../auth/users.ts';
import { createEngineProcess, type EngineProcess } from '../engine-host/engine-process.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { createEngineSide } from '../engine-side.ts';
import type { HttpLog } from '../http/http-log.ts';
import { listen } from '../http/listen.ts';
import { openLogFile } from '../logs/log-file.ts';
import { createServerLog, type ServerLog } from '../logs/server-log.ts';
import { readNodeTypes } from '../node-types-view.ts';
import { productVersion } from '../product-version.ts';
import { readConfigAt } from '../read-config-at.ts';
import { importSamples } from '../storage/sample-import.ts';
import { createWebServer, toSignInLink } from '../web-server.ts';
import { editorDir, findAppStore, sampleFlowsDir } from './app-files.ts';
import type { CommandIo } from './command-io.ts';
import { describeError, exitCodes } from './exit-codes.ts';
import { showFirstAction } from './first-action.ts';
import { findSampleArtifact } from './sample-artifact.ts';
import { type SimulatedPlatform, startSimulatedPlatform } from './simulated-platform.ts';
import type { StartCommandOptions } from './start-options.ts';
import { readFlowFile } from './validate-command.ts';

const stopWithinMs = 15_000;
/** The editor works while the platform is not reached: that is shown in it, and not waited for any longer at a start. */
const deployWithinMs = 20_000;

/** `wirebook start`: server with editor, the engine as its child, and the simulated platform when no other is named. */
export async function runStartCommand(options: StartCommandOptions, io: CommandIo): Promise<number> {
  const opened: (() => Promise<void> | void)[] = [];
  try {
    return await start(options, io, (close) => opened.push(close));
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function start(options: StartCommandOptions, io: CommandIo, onEnd: (close: () => Promise<void> | void) => void): Promise<number> {
  const clock = createSystemClock();
  const ids = createSystemIds();
  const secrets = createSystemSecrets();
  const dataDir = resolve(io.environment.workingDir, options.dataDir);

  const lock = lockDataFolder(dataDir);
  onEnd(() => lock.close());
  const store = openAppStore({ path: findAppStore(dataDir), clock });
  onEnd(() => store.close());
  const users = createUsers({ store, clock, ids, secrets });
  users.ensureOwner();
  const listening = await listen({ host: options.host, port: options.port, hasPassword: users.hasPassword() });
  onEnd(() => listening.close());
  store.setFact('address', listening.address.url);

  const platform = options.config === undefined ? await startSimulatedPlatform(dataDir) : null;
  if (platform !== null) onEnd(() => platform.simulator.close());
  const configFile = platform?.configFile ?? resolve(io.environment.workingDir, options.config ?? '');
  const log = await openServerLog(configFile, { io, clock, onEnd });
  const engine = createEngineProcess({
    configFile,
    dataDir: join(dataDir, 'engine'),
    env: io.environment.variables,
    clock,
    onLogLine: log.takeEngineLine,
    checkConfig: options.reloads ? () => readConfigAt(configFile, io.environment) : null,
    onConfigRefused: (error) => log.error(`app.config was changed and is not taken: ${describeError(error)}`),
    findVersion: (flowId, hash) => store.versions.findNumberByHash(flowId, hash) ?? null,
  });
  onEnd(() => stopTellingCount(engine, { io, clock }));
  const engineSide = await createEngineSide({ engine, configFile, dataDir, clock, io, store, simulator: platform?.simulator ?? null });
  onEnd(() => engineSide.close());
  const web = createWebServer({
    store,
    engine,
    listening,
    clock,
    ids,
    secrets,
    log,
    editorFolder: editorDir,
    product: {
      version: productVersion,
      hasSimulator: platform !== null,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    nodeTypes: await readNodeTypes(),
    checkFlow: engineSide.checkFlow,
    findDestination: engineSide.findDestination,
    findLastRuns: engineSide.findLastRuns,
    findMetricsToken: engineSide.findMetricsToken,
    createEngineSide: engineSide.createHandlers,
  });
  onEnd(() => web.close());
  const isFirstStart =
    platform !== null && (await importSamples({ store, flows: web.flows, folder: sampleFlowsDir, readFlow: readFlowFile }));

  const stopped = new Promise<void>((settle) => {
    if (io.signal.aborted) settle();
    else io.signal.addEventListener('abort', () => settle(), { once: true });
  });
  await Promise.race([waitForFlows(web.deployments.resume(), clock, log), stopped]);
  if (!io.signal.aborted) await printReady({ options, io, users, url: listening.address.url, platform });
  if (isFirstStart && platform !== null && !options.json && !io.signal.aborted) await showFirstAction(platform.simulator, clock, io);
  await stopped;
  if (!options.json) io.print('Stopping: runs in flight finish first.');
  return exitCodes.ok;
}

async function waitForFlows(resumed: Promise<void>, clock: Clock, log: HttpLog): Promise<void> {
  const failed = resumed.catch((thrown: unknown) => log.error(`the deployed flows cannot be handed over: ${String(thrown)}`));
  const patience = new AbortController();
  const patienceOver = clock.sleep(deployWithinMs, patience.signal).catch((thrown: unknown) => {
    if (!patience.signal.aborted) throw thrown;
  });
  await Promise.race([failed, patienceOver]);
  patience.abort();
}

interface Ready {
  readonly options: StartCommandOptions;
  readonly io: CommandIo;
  readonly users: Users;
  readonly url: string;
  readonly platform: SimulatedPlatform | null;
}

/** The link is made at the last moment: the one that was printed before is void from then on. */
async function printReady({ options, io, users, url, platform }: Ready): Promise<void> {
  const owner = users.findOwnerWithoutPassword();
  const signInLink = owner === undefined ? null : toSignInLink(url, users.makeLink(owner.id));
  if (options.json) {
    io.print(JSON.stringify({ ready: true, url, signInLink, controlUrl: platform?.simulator.controlUrl ?? null }));
    return;
  }
  if (platform !== null) await describePlatform(platform, io);
  io.print(`ready: the editor is at ${url}`);
  if (owner === undefined) io.print('Sign in with your name and password, or make a link: wirebook user link NAME');
  else io.print(`Sign in once as "${owner.name}" with this link, and set a password: ${signInLink ?? ''}`);
  io.print('Stop with Ctrl+C.');
}

async function describePlatform({ simulator, configFile }: SimulatedPlatform, io: CommandIo): Promise<void> {
  const { incidentId } = await findSampleArtifact(simulator, io.signal);
  io.print(`Simulated platform: organisation ${simulator.orgId} "${simulator.org}"`);
  io.print(`  REST ${simulator.restUrl}   STOMP ${simulator.stompHost}:${simulator.stompPort}   control ${simulator.controlUrl}`);
  io.print(`  configuration ${configFile}`);
  io.print('  Fire an action on its Console page, or through the control port:');
  io.print(`  curl -s -X POST ${simulator.controlUrl}/invocations -H 'content-type: application/json' \\`);
  io.print(`    -d '{"rule":"Create Ticket","incident":${incidentId},"properties":{"ticket_priority":"High"}}'`);
}

/** An app.config that cannot be read is told by the engine process; then there is no log file. */
async function openServerLog(
  configFile: string,
  { io, clock, onEnd }: { readonly io: CommandIo; readonly clock: Clock; readonly onEnd: (close: () => void) => void },
): Promise<ServerLog> {
  const basis = { complain: io.complain, now: () => clock.now() };
  try {
    const config = await readConfigAt(configFile, io.environment);
    const onRefused = (reason: string) => io.complain(`server: the log file takes no lines: ${reason}`);
    const file = openLogFile(config, { environment: io.environment, onRefused });
    onEnd(() => file?.close());
    const { redactText } = createRedactor({ secrets: toHostOptions(config).secretValues, keyedHash: () => '' });
    return createServerLog({ ...basis, file, redactText });
  } catch (thrown) {
    const log = createServerLog({ ...basis, file: null, redactText: (text) => text });
    log.warn(`there is no log file: ${thrown instanceof WirebookError ? thrown.message : String(thrown)}`);
    return log;
  }
}

const countIntervalMs = 1000;

/** Says each second how many messages are still in hand. */
async function stopTellingCount(engine: EngineProcess, { io, clock }: { readonly io: CommandIo; readonly clock: Clock }): Promise<void> {
  let timer = clock.startTimer(countIntervalMs, tell);

  function tell(): void {
    const { messagesInHand, runsActive } = engine.view;
    if (messagesInHand > 0) io.complain(`Draining: ${messagesInHand} messages in hand, ${runsActive} runs active.`);
    timer = clock.startTimer(countIntervalMs, tell);
  }

  await engine.stop(stopWithinMs);
  timer.cancel();
}
