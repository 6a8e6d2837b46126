import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow } from '@wirebook/flow';
import { type AppConfig, readAppConfig } from '@wirebook/package-kit';
import { pino } from 'pino';
import { createEngineHost, type EngineHost } from '../engine-host/engine-host.ts';
import { toHostOptions } from '../engine-host/host-options.ts';
import { isNativeEnd, lastEndVariable } from '../engine-host/native-end.ts';
import { createPinoLog, findPinoLevel } from '../engine-host/pino-log.ts';
import { createRunReport } from '../engine-host/run-report.ts';
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
  const log = createPinoLog({ level, destination: pino.destination({ dest: 2, sync: true }) });
  for (const warning of config.warnings) log.warn(warning);
  const flows = await Promise.all(options.flows.map(readFlowFile));
  for (const flow of flows) assertRunnable(flow, (text) => log.warn(text));

  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  let host: EngineHost | null = null;
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
      wrap: { trace: createRunReport },
    });
    const over = Promise.race([failed, toPromise(io.signal)]);
    const deployed = host.deploy(flows).then(() => {
      io.print('ready');
      return over;
    });
    const error = await Promise.race([over, deployed]);
    if (error !== undefined) {
      io.complain(`the engine ends by an error that no step owns: ${describeError(error)}`);
      return exitCodes.crashed;
    }
    await host.close({ drainMs: options.drainMs });
    return exitCodes.ok;
  } catch (thrown) {
    await host?.close({ drainMs: 0 });
    if (io.signal.aborted) return exitCodes.ok;
    throw thrown;
  } finally {
    process.removeListener('uncaughtException', onFatal);
    process.removeListener('unhandledRejection', onFatal);
  }
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
