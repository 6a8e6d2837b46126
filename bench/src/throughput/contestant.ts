import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A consumer under measurement, as a process of its own. */
export interface Contestant {
  readonly name: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ContestantOptions {
  readonly name: string;
  readonly args: readonly string[];
  /** What the process prints when it consumes. */
  readonly readyLine: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startContestant(options: ContestantOptions): Promise<Contestant> {
  const child = spawn(process.execPath, [...options.args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  await waitForLine(child, options.readyLine);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.name} did not start`);
  return {
    name: options.name,
    pid,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function waitForLine(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').includes(line)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the process ended with ${code} before it was ready`)));
  });
}
