import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSystemClock, type EngineLog } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow } from '@wirebook/flow';
import { type AppConfig, readAppConfig } from '@wirebook/package-kit';
import { type DestinationStream, pino } from 'pino';
import { createEngineHost, type EngineHost } from '../engine-host/engine-host.ts';
import { createHostHealth } from '../engine-host/host-health.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { isNativeEnd, lastEndVariable } from '../engine-host/native-end.ts';
import { createPinoLog, findPinoLevel } from '../engine-host/pino-log.ts';
import { createRunReport } from '../engine-host/run-report.ts';
import { openProbeServer } from '../http/probe-server.ts';
import { type LogFile, openLogFile } from '../logs/log-file.ts';
import { nodeCatalogue } from '../node-catalogue.ts';
import { builtInNodes } from '../node-types.ts';
import type { CommandIo } from './command-io.ts';
import { describeError, exitCodes } from './exit-codes.ts';
import { readFlowFile } from './validate-command.ts';

export interface RunCommandOptions {
  readonly config: string | undefined;
  readonly flows: readonly string[];
  readonly dataDir: string | undefined;
  readonly logLevel: string | undefined;
  /** Time for runs in flight at a stop. */
  readonly drainMs: number;
  /** Of the probes, on loopback; 0 picks a free one, undefined opens none. */
  readonly healthPort: number | undefined;
}

/** `wirebook run`: the engine headless, until it is told to end. Gives the exit code. */
export async function runRunCommand(options: RunCommandOptions, io: CommandIo): Promise<number> {
  const { environment } = io;
  const config = await readAppConfig({
    path: options.config,
    env: environment.variables,
    homeDir: environment.homeDir,
    cwd: environment.workingDir,
    readFile: (path) => readFile(path, 'utf8'),
  });
  const level = options.logLevel ?? config.connection.logLevel;
  if (findPinoLevel(level) === undefined) {
    throw new WirebookError('CONFIG_OPTION_INVALID', `--loglevel "${level}" is no level; use DEBUG, INFO, WARNING, ERROR or CRITICAL`);
  }
  const terminal = pino.destination({ dest: 2, sync: true });
  const logFile = openLogFile(config, { environment, onRefused: (reason) => io.complain(`the log file takes no lines: ${reason}`) });
  const log = createPinoLog({ level, destination: logFile === null ? terminal : toBoth(terminal, logFile) });
  for (const warning of config.warnings) log.warn(warning);
  const flows = await Promise.all(options.flows.map(readFlowFile));
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
  process.once('uncaughtException', onFatal);
  process.once('unhandledRejection', onFatal);
  try {
    host = await createEngineHost({
      ...toHostOptions(config),
      env: (name) => environment.variables[name],
      dataDir: findDataDir(options, config, io),
      nodes: builtInNodes,
      hasDiedNatively: isNativeEnd(environment.variables[lastEndVariable]),
      log,
      signal: io.signal,
      onFatal,
      onLink: health.setLink,
      isMeasured: probes !== null,
      telemetryVariables: environment.variables,
      wrap: { trace: createRunReport },
    });
    const over = Promise.race([failed, toPromise(io.signal)]);
    const deployed = host.deploy(flows).then(() => {
      health.setRunning();
      io.print('ready');
      return over;
    });
    const error = await Promise.race([over, deployed]);
    if (error !== undefined) {
      io.complain(`the engine ends by an error that no step owns: ${describeError(error)}`);
      return exitCodes.crashed;
    }
    health.setStopping();
    await closeTellingCount(host, { drainMs: options.drainMs, log });
    return exitCodes.ok;
  } catch (thrown) {
    await host?.close({ drainMs: 0 });
    if (io.signal.aborted) return exitCodes.ok;
    throw thrown;
  } finally {
    await probes?.close();
    logFile?.close();
    process.removeListener('uncaughtException', onFatal);
    process.removeListener('unhandledRejection', onFatal);
  }
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
