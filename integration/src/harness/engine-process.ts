import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowDocumentInput } from '@wirebook/flow';
import { appConfigText, type ConfigChanges } from './app-config-text.ts';
import type { Platform } from './platform.ts';
import { waitFor } from './wait-for.ts';
import { type ProcessEnd, spawnWirebook } from './wirebook-process.ts';

export interface EngineOptions {
  readonly platform: Platform;
  /** Documents, or paths of files. */
  readonly flows: readonly (FlowDocumentInput | string)[];
  readonly policy?: 'transaction' | 'reply-then-settle' | undefined;
  /** A folder that an earlier engine used; a new one unless given. */
  readonly dataDir?: string | undefined;
  /** Over what reaches the platform. */
  readonly config?: ConfigChanges | undefined;
  readonly drainSeconds?: number | undefined;
  readonly logLevel?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Further options of the command line. */
  readonly args?: readonly string[] | undefined;
}

/** `wirebook run` in a process of its own. */
export interface EngineProcess {
  readonly pid: number;
  readonly dataDir: string;
  /** Resolves with the line `ready`; rejects with what it wrote to standard error when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<ProcessEnd>;
  readonly outputLines: readonly string[];
  /** The log, JSON lines, and complaints. */
  readonly stderrLines: readonly string[];
  /** SIGTERM, and its end. */
  stop(): Promise<ProcessEnd>;
  /** SIGKILL, and its end; nothing when it has ended. */
  kill9(): Promise<ProcessEnd>;
}

/** Starts the engine and waits until every destination is subscribed. */
export async function startEngine(options: EngineOptions): Promise<EngineProcess> {
  const engine = spawnEngine(options);
  await engine.ready;
  return engine;
}

/** Starts the engine without waiting for it. */
export function spawnEngine(options: EngineOptions): EngineProcess {
  const { platform } = options;
  const folder = mkdtempSync(join(platform.folder, 'engine-'));
  const dataDir = options.dataDir ?? join(folder, 'data');
  const configFile = join(folder, 'app.config');
  const policy = options.policy === undefined ? {} : { wirebook: { completion_policy: options.policy } };
  writeFileSync(configFile, appConfigText(platform.config, policy, options.config ?? {}));
  const flowFiles = options.flows.map((flow, index) => {
    if (typeof flow === 'string') return flow;
    const path = join(folder, `${index}-${flow.id}.flow.json`);
    writeFileSync(path, JSON.stringify(flow, null, 2));
    return path;
  });
  const running = spawnWirebook(
    [
      'run',
      ...['--config', configFile, '--data', dataDir],
      ...flowFiles.flatMap((path) => ['--flow', path]),
      ...(options.logLevel === undefined ? [] : ['--loglevel', options.logLevel]),
      ...(options.drainSeconds === undefined ? [] : ['--drain', String(options.drainSeconds)]),
      ...(options.args ?? []),
    ],
    { homeDir: folder, environment: options.environment },
  );

  async function waitUntilReady(): Promise<void> {
    await waitFor('the line "ready"', () => running.outputLines.includes('ready') || running.hasEnded(), { timeoutMs: 60_000 });
    if (running.outputLines.includes('ready')) return;
    const { exitCode, signal } = await running.ended;
    throw new Error(`the engine ended before it was ready (${exitCode ?? signal}):\n${running.errorLines.join('\n')}`);
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<ProcessEnd> {
    if (!running.hasEnded()) running.child.kill(signal);
    return await running.ended;
  }

  const ready = waitUntilReady();
  // Whoever spawns an engine that is to be refused looks at its end, not at `ready`.
  ready.catch((error: Error) => error);
  const engine: EngineProcess = {
    pid: running.pid,
    dataDir,
    ready,
    ended: running.ended,
    outputLines: running.outputLines,
    stderrLines: running.errorLines,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  };
  platform.engines.push(engine);
  return engine;
}
