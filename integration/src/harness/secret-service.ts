import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

const programs = {
  bus: '/usr/bin/dbus-daemon',
  keyring: '/usr/bin/gnome-keyring-daemon',
  tool: '/usr/bin/secret-tool',
};

/** What to type where gnome-keyring is missing. */
export const secretServiceInstallCommand = 'apt-get install --no-install-recommends dbus-daemon gnome-keyring libsecret-tools';

/** Whether its suites may be left out: it is not installed, and nobody relies on them here (CI is not set). */
export function mayLeaveOutSecretService(environment: Readonly<Record<string, string | undefined>>): boolean {
  return !Object.values(programs).every((path) => existsSync(path)) && !environment.CI;
}

/** GNOME's keystore, unlocked, on a session bus of its own in a private folder. */
export interface SecretService {
  /** What leads a process there. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stores as Python's keyring does, through libsecret's own tool. */
  storeAsPython(entry: { readonly service: string; readonly username: string; readonly value: string }): Promise<void>;
  /** The value that libsecret's own tool finds; empty when there is none. */
  lookUp(entry: { readonly service: string; readonly username: string }): Promise<string>;
  clear(entry: { readonly service: string; readonly username: string }): Promise<void>;
  close(): Promise<void>;
}

export async function startSecretService(): Promise<SecretService> {
  const folder = await mkdtemp(join(tmpdir(), 'wirebook-secrets-'));
  const runtimeDir = join(folder, 'run');
  await mkdir(runtimeDir, { mode: 0o700 });
  const address = `unix:path=${join(folder, 'bus')}`;
  const environment = { DBUS_SESSION_BUS_ADDRESS: address, HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: runtimeDir };
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[], input = ''): ChildProcess => {
    const child = spawn(program, args, { env: { PATH: process.env.PATH, ...environment }, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin?.end(input);
    return child;
  };

  const bus = start(programs.bus, ['--session', '--nofork', '--nopidfile', '--nosyslog', `--address=${address}`]);
  children.push(bus);
  await waitFor('the session bus', () => existsSync(join(folder, 'bus')));
  // An empty password would leave it without a collection to write to.
  children.push(start(programs.keyring, ['--foreground', '--unlock', '--components=secrets'], 'a password'));
  const ask = async (args: readonly string[], input = '') => await readEnd(start(programs.tool, args, input));
  await waitFor('an unlocked keystore', async () => {
    await ask(['store', '--label=probe', 'service', 'probe', 'username', 'probe'], 'yes');
    return (await ask(['lookup', 'service', 'probe', 'username', 'probe'])) === 'yes';
  });

  return {
    environment,
    storeAsPython: async ({ service, username, value }) => {
      const attributes = ['service', service, 'username', username, 'application', 'Python keyring library'];
      await ask(['store', `--label=Password for '${username}' on '${service}'`, ...attributes], value);
    },
    lookUp: async ({ service, username }) => await ask(['lookup', 'service', service, 'username', username]),
    clear: async ({ service, username }) => {
      await ask(['clear', 'service', service, 'username', username]);
    },
    close: async () => {
      for (const child of children.reverse()) {
        const ended = new Promise((resolve) => child.once('close', resolve));
        if (child.exitCode === null && child.kill('SIGKILL')) await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readEnd(child: ChildProcess): Promise<string> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return output;
}
