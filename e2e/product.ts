import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The ready line of `wirebook start --json`. */
interface ProductAddresses {
  readonly url: string;
  readonly signInLink: string;
  /** Control port of the simulated platform, for faults and firing. */
  readonly controlUrl: string;
}

export interface Product extends ProductAddresses {
  readonly dataDir: string;
  /** A new one-time link, as `wirebook user link owner` prints it. */
  makeSignInLink(): Promise<string>;
  /** Ids of the engine's processes. */
  enginePids(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const command = join(root, 'server', 'bin', 'wirebook.js');
const stopWithinMs = 20_000;

/** Starts the built product as a person does, with a data folder of its own. */
export async function startProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wirebook-story-'));
  const child = spawn(process.execPath, [command, 'start', '--port', '0', '--data', dataDir, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  try {
    const addresses = await readReadyLine(child, complaints);
    return {
      ...addresses,
      dataDir,
      makeSignInLink: () => runCommand(['user', 'link', 'owner', '--data', dataDir], addresses.url),
      enginePids: () => findChildren(child.pid ?? 0),
      stop: async () => {
        await endProcess(child);
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (thrown) {
    await endProcess(child);
    throw thrown;
  }
}

function readReadyLine(child: ChildProcess, complaints: readonly string[]): Promise<ProductAddresses> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const line of text.split('\n').slice(0, -1)) {
        if (!line.startsWith('{')) continue;
        const parsed: Partial<ProductAddresses> & { ready?: boolean } = JSON.parse(line);
        if (parsed.ready === true && parsed.url !== undefined && parsed.signInLink !== undefined && parsed.controlUrl !== undefined)
          resolve({ url: parsed.url, signInLink: parsed.signInLink, controlUrl: parsed.controlUrl });
      }
    });
    child.once('close', (code) =>
      reject(new Error(`the product ended with ${code} before it was ready:\n${text}\n${complaints.join('')}`)),
    );
  });
}

/** Runs a command of the product and gives the address that it prints. */
function runCommand(args: readonly string[], url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('close', () => {
      const token = /#token=([A-Za-z0-9_-]+)/.exec(text)?.[1];
      if (token === undefined) reject(new Error(`"wirebook ${args.join(' ')}" printed no link:\n${text}`));
      else resolve(`${url}/sign-in#token=${token}`);
    });
  });
}

/** Processes that this one started: the engine among them. */
function findChildren(pid: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('ps', ['-o', 'pid=', '--ppid', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('error', reject);
    child.once('close', () =>
      resolve(
        text
          .split('\n')
          .map(Number)
          .filter((id) => id > 0),
      ),
    );
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(killer);
}
