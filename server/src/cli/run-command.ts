import { join } from 'node:path';
import { createSystemClock, type EngineLog } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow } from '@wirebook/flow';
import type { AppConfig } from '@wirebook/package-kit';
import type { DestinationStream } from 'pino';
import { type ConfigWatch, createConfigWatch } from '../engine-host/config-watch.ts';
import { createEngineHost, type EngineHost } from '../engine-host/engine-host.ts';
import { createHostHealth } from '../engine-host/host-health.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { isNativeEnd, lastEndVariable } from '../engine-host/native-end.ts';
import { createPinoLog, findPinoLevel } from '../engine-host/pino-log.ts';
import { createRunReport } from '../engine-host/run-report.ts';
import { openProbeServer } from '../http/probe-server.ts';
import { type LogFile, openLogFile } from '../logs/log-file.ts';
import { openTerminalDestination } from '../logs/terminal-destination.ts';
import { nodeCatalogue } from '../node-catalogue.ts';
import { builtInNodes } from '../node-types.ts';
import { findFlowVariable } from '../process-environment.ts';
import { readConfigAt } from '../read-config-at.ts';
import type { CommandIo } from './command-io.ts';
import { describeError, exitCodes } from './exit-codes.ts';
import { readFlowFolder } from './read-flow-folder.ts';
import { rememberPassword } from './remember-password.ts';
import { readFlowFile } from './validate-command.ts';

export interface RunCommandOptions {
  readonly config: string | undefined;
  readonly flows: readonly string[];
  /** Options of [resilient] that the command line gives. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly dataDir: string | undefined;
  readonly logLevel: string | undefined;
  /** Time for runs in flight at a stop. */
  readonly drainMs: number;
  /** Of the probes, on loopback; 0 picks a free one, undefined opens none. */
  readonly healthPort: number | undefined;
  /** A change of app.config that reads well drains the engine and starts it anew. */
  readonly reloads: boolean;
}

/** `wirebook run`: the engine headless, until it is told to end. Gives the exit code. */
export async function runRunCommand(options: RunCommandOptions, terminal: CommandIo): Promise<number> {
  const io = { ...terminal, askPassword: rememberPassword(terminal.askPassword) };
  let config = await readRunConfig(options, io);
  let former: AppConfig | undefined;
  for (;;) {
    try {
      const end = await runOnce(options, io, config);
      if (end !== 'reload') return end;
      former = config;
      config = await readRunConfig(options, io);
    } catch (thrown) {
      // What reads well may still be refused by the platform; the settings before it go on until the file is changed again.
      if (former === undefined || io.signal.aborted) throw thrown;
      io.complain(`the changed app.config does not work, the engine goes on with the settings before: ${describeError(thrown)}`);
      config = former;
      former = undefined;
    }
  }
}

function readRunConfig({ config, overrides }: RunCommandOptions, { environment, askPassword }: CommandIo): Promise<AppConfig> {
  return readConfigAt(config, environment, { overrides, askPassword });
}

/** Everything opened and closed once, with the settings given. */
async function runOnce(options: RunCommandOptions, io: CommandIo, config: AppConfig): Promise<number | 'reload'> {
  const { environment } = io;
  const level = options.logLevel ?? config.connection.logLevel;
  if (findPinoLevel(level) === undefined) {
    throw new WirebookError('CONFIG_OPTION_INVALID', `--loglevel "${level}" is no level; use DEBUG, INFO, WARNING, ERROR or CRITICAL`);
  }
  const terminal = openTerminalDestination();
  const logFile = openLogFile(config, { environment, onRefused: (reason) => io.complain(`the log file takes no lines: ${reason}`) });
  const log = createPinoLog({ level, destination: logFile === null ? terminal : toBoth(terminal, logFile) });
  for (const warning of config.warnings) log.warn(warning);
  const flows = [...(await Promise.all(options.flows.map(readFlowFile))), ...(await readFlowFolder(config, io))];
  if (flows.length === 0)
    throw new WirebookError(
      'FLOW_FILE_UNREADABLE',
      'there is no flow to run: name files with --flow, or a folder of them in componentsdir',
    );
  for (const flow of flows) assertRunnable(flow, (text) => log.warn(text));

  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  let host: EngineHost | null = null;
  const health = createHostHealth(() => host);
  const probes =
    options.healthPort === undefined
      ? null
      : await openProbeServer(options.healthPort, {
          findUnready: () => health.view().notReady,
          readMetrics: async () => (await host?.readMetrics()) ?? '',
          findToken: async () => config.wirebook.metricsToken?.reveal() ?? null,
        });
  if (probes !== null) log.info('health and metrics are told', { url: probes.url });
  const onFatal = (error: unknown) => {
    try {
      // A disk that is full is no message's fault.
      if (isStoreFailure(error)) host?.recordEnd();
      else host?.recordCrash();
    } catch (thrown) {
      log.error('the runs in flight could not be put on record', { reason: String(thrown) });
    }
    fail(error);
  };
  const { changed, watch, signal: changing } = watchConfig(options, { io, config, log });
  process.once('uncaughtException', onFatal);
  process.once('unhandledRejection', onFatal);
  try {
    host = await createEngineHost({
      ...toHostOptions(config),
      env: (name) => findFlowVariable(environment, name),
      dataDir: findDataDir(options, config, io),
      nodes: builtInNodes,
      hasDiedNatively: isNativeEnd(environment.variables[lastEndVariable]),
      log,
      signal: AbortSignal.any([io.signal, changing]),
      onFatal,
      onLink: health.setLink,
      isMeasured: probes !== null,
      telemetryVariables: environment.variables,
      wrap: { trace: createRunReport },
    });
    const over = Promise.race([failed, toPromise(io.signal), changed]);
    const deployed = host.deploy(flows).then(() => {
      health.setRunning();
      io.print('ready');
      return over;
    });
    const error = await Promise.race([over, deployed]);
    if (error !== undefined && error !== 'reload') {
      io.complain(`the engine ends by an error that no step owns: ${describeError(error)}`);
      return exitCodes.crashed;
    }
    health.setStopping();
    await closeTellingCount(host, { drainMs: options.drainMs, log });
    return error === 'reload' && !io.signal.aborted ? 'reload' : exitCodes.ok;
  } catch (thrown) {
    await host?.close({ drainMs: 0 });
    if (io.signal.aborted) return exitCodes.ok;
    // It waited for a platform with settings that are no longer meant.
    if (changing.aborted) return 'reload';
    throw thrown;
  } finally {
    watch?.close();
    await probes?.close();
    logFile?.close();
    process.removeListener('uncaughtException', onFatal);
    process.removeListener('unhandledRejection', onFatal);
  }
}

interface WatchParts {
  readonly io: CommandIo;
  readonly config: AppConfig;
  readonly log: EngineLog;
}

/** Resolves once app.config has other content that reads; never without `--reload`. */
function watchConfig(
  options: RunCommandOptions,
  { io, config, log }: WatchParts,
): { readonly changed: Promise<'reload'>; readonly signal: AbortSignal; readonly watch: ConfigWatch | null } {
  const changing = new AbortController();
  const { signal } = changing;
  let tellChange: (change: 'reload') => void = () => undefined;
  const changed = new Promise<'reload'>((settle) => {
    tellChange = settle;
  });
  if (!options.reloads) return { changed, signal, watch: null };
  const watch = createConfigWatch({
    path: config.path,
    clock: createSystemClock(),
    check: () => readRunConfig(options, io),
    onChanged: () => {
      log.info('app.config was changed: runs in flight finish, then the engine starts again with it');
      tellChange('reload');
      changing.abort();
    },
    onRefused: (error) => log.error(`app.config was changed and is not taken: ${error.message}; the engine goes on`, { code: error.code }),
  });
  return { changed, signal, watch };
}

/** What stands on the terminal stands in the file. */
function toBoth(terminal: DestinationStream, file: LogFile): DestinationStream {
  return {
    write: (line) => {
      terminal.write(line);
      file.write(line.trimEnd());
    },
  };
}

const countIntervalMs = 1000;

/** Says each second how many messages are still in hand. */
async function closeTellingCount(host: EngineHost, { drainMs, log }: { readonly drainMs: number; readonly log: EngineLog }): Promise<void> {
  const clock = createSystemClock();
  const untilMs = clock.monotonicMs() + drainMs;
  let timer = clock.startTimer(countIntervalMs, tell);

  function tell(): void {
    if (!host.isOpen) return;
    const { messagesInHand, runsActive } = host.getStatus();
    const leftSeconds = Math.max(0, Math.round((untilMs - clock.monotonicMs()) / 1000));
    log.info(`draining: ${messagesInHand} messages in hand, ${runsActive} runs active`, { messagesInHand, runsActive, leftSeconds });
    timer = clock.startTimer(countIntervalMs, tell);
  }

  await host.close({ drainMs });
  timer.cancel();
}

function assertRunnable(flow: FlowDocument, warn: (text: string) => void): void {
  const problems = lintFlow(flow, nodeCatalogue);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { message } of problems.filter(({ severity }) => severity === 'warning')) warn(`flow "${flow.name}": ${message}`);
  const [first] = errors;
  if (first === undefined) return;
  throw new WirebookError(first.code, `flow "${flow.name}" cannot run: ${errors.map(({ message }) => message).join('; ')}`);
}

function findDataDir(options: RunCommandOptions, config: AppConfig, { environment }: CommandIo): string {
  return options.dataDir ?? config.wirebook.dataDir ?? join(environment.homeDir, '.wirebook', 'data');
}

function toPromise(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function isStoreFailure(error: unknown): boolean {
  return error instanceof WirebookError && error.code.startsWith('STORE_');
}
