import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const commandPath = fileURLToPath(new URL('../../../server/bin/wirebook.js', import.meta.url));
const builtPath = fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url));

export interface ProcessEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** The built command in a process of its own. */
export interface WirebookProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Lines so far; they grow. */
  readonly outputLines: readonly string[];
  readonly errorLines: readonly string[];
  readonly hasEnded: () => boolean;
  readonly ended: Promise<ProcessEnd>;
}

/** What `spawnWirebook` gave, when it is over. */
export interface CommandResult extends ProcessEnd {
  readonly output: string;
  readonly errors: string;
}

export interface SpawnOptions {
  readonly homeDir: string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** What comes in by standard input; nothing unless given. */
  readonly input?: string | undefined;
}

/** Runs `node server/bin/wirebook.js …` as a user does, with nothing of this environment but PATH. */
export function spawnWirebook(args: readonly string[], options: SpawnOptions): WirebookProcess {
  if (!existsSync(builtPath)) throw new Error(`${builtPath} is missing; build first: npm run build`);
  return spawnNode(commandPath, args, options);
}

/** Runs a JavaScript file the same way. */
export function spawnNode(path: string, args: readonly string[], { homeDir, environment = {}, input = '' }: SpawnOptions): WirebookProcess {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: homeDir,
    env: { PATH: process.env.PATH, HOME: homeDir, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // One that ends before it reads breaks the pipe.
  child.stdin.on('error', () => undefined).end(input);
  const outputLines: string[] = [];
  const errorLines: string[] = [];
  collectLines(child.stdout, outputLines);
  collectLines(child.stderr, errorLines);
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let isOver = false;
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      isOver = true;
      process.removeListener('exit', endWithUs);
      resolve({ exitCode, signal });
    });
  });
  return { pid: child.pid ?? 0, child, outputLines, errorLines, hasEnded: () => isOver, ended };
}

/** Runs a command line to its end. */
export async function runWirebook(args: readonly string[], options: SpawnOptions): Promise<CommandResult> {
  const running = spawnWirebook(args, options);
  const end = await running.ended;
  return { ...end, output: running.outputLines.join('\n'), errors: running.errorLines.join('\n') };
}

function collectLines(stream: NodeJS.ReadableStream, lines: string[]): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  stream.on('end', () => {
    if (rest !== '') lines.push(rest);
  });
}
