import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '@wirebook/node-kit';
import { isNativeEnd, lastEndVariable } from './native-end.ts';

export interface SuperviseOptions {
  /** Script and arguments for this Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** A line that the child wrote to its standard output. */
  readonly onLine: (line: string) => void;
  /** A line that it wrote to its standard error. */
  readonly onLogLine: (line: string) => void;
  /** Opens a channel to the child: each text that it sends. */
  readonly onMessage?: ((text: string) => void) | undefined;
  readonly onExit: (exit: { readonly code: number | null; readonly signal: string | null; readonly restartInMs: number | null }) => void;
  /** Exit codes that a restart would not cure. */
  readonly finalCodes: ReadonlySet<number>;
}

export interface Supervised {
  readonly pid: () => number | undefined;
  /** Hands the child that runs now a text; false when there is none that listens. */
  send(text: string): boolean;
  /** Asks the child to drain, with SIGTERM unless `ask` does it otherwise; kills it when it has not ended after `withinMs`. */
  stop(withinMs: number, ask?: () => void): Promise<void>;
  /** Resolves when the child is gone for good. */
  readonly ended: Promise<void>;
}

const firstRestartMs = 500;
const longestRestartMs = 30_000;
/** A child that lived this long is healthy: the next restart is quick again. */
const healthyAfterMs = 60_000;

/** Keeps a child process running: one that dies is started again, with a growing wait, and is told when it died natively. */
export function supervise(options: SuperviseOptions): Supervised {
  const { clock } = options;
  let child: ChildProcess | null = null;
  let restartMs = firstRestartMs;
  let lastEnd: string | null = null;
  let isStopping = false;
  let announceEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    announceEnd = resolve;
  });

  function start(): void {
    if (isStopping) return;
    const startedAtMs = clock.monotonicMs();
    const env = { ...options.env, [lastEndVariable]: isNativeEnd(lastEnd) ? (lastEnd ?? undefined) : undefined };
    const started = spawn(process.execPath, [...options.args], {
      env,
      stdio: options.onMessage === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
      // A text is copied as it is; JSON would write every quote of it once more.
      serialization: 'advanced',
    });
    child = started;
    readLines(started.stdout, options.onLine);
    readLines(started.stderr, options.onLogLine);
    started.on('message', (message) => {
      if (typeof message === 'string') options.onMessage?.(message);
    });
    started.once('error', (error) => options.onLogLine(`the engine process could not be started: ${error.message}`));
    started.once('close', (code, signal) => {
      child = null;
      lastEnd = signal;
      const isFinal = isStopping || code === 0 || (code !== null && options.finalCodes.has(code));
      if (clock.monotonicMs() - startedAtMs > healthyAfterMs) restartMs = firstRestartMs;
      options.onExit({ code, signal, restartInMs: isFinal ? null : restartMs });
      if (isFinal) {
        announceEnd();
        return;
      }
      clock.startTimer(restartMs, start);
      restartMs = Math.min(restartMs * 2, longestRestartMs);
    });
  }

  start();
  return {
    pid: () => child?.pid,
    ended,
    send: (text) => {
      if (child?.connected !== true) return false;
      // A channel that breaks on the way is told by the end of the child.
      child.send(text, (error) => {
        if (error !== null) options.onLogLine(`the engine process was not reached: ${error.message}`);
      });
      return true;
    },
    stop: async (withinMs, ask) => {
      isStopping = true;
      if (child === null) {
        announceEnd();
        return;
      }
      const stopping = child;
      if (ask === undefined) stopping.kill('SIGTERM');
      else ask();
      const killer = clock.startTimer(withinMs, () => stopping.kill('SIGKILL'));
      await ended;
      killer.cancel();
    },
  };
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
