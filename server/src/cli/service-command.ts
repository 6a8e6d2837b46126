import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import type { ServiceHost } from './service-host.ts';
import { unitMark, writeServiceUnit } from './service-unit.ts';

type ServiceVerb = 'install' | 'start' | 'stop' | 'restart' | 'status';

export interface ServiceCommandOptions {
  readonly do: ServiceVerb;
  readonly name: string;
  /** `start` has the editor, `run` only the engine. */
  readonly serves: 'run' | 'start';
  /** Else who called sudo, else who is signed in. */
  readonly user: string | undefined;
  readonly config: string | undefined;
  readonly flows: readonly string[];
  readonly dataDir: string | undefined;
  readonly writable: readonly string[];
  /** Only shows what would be installed. */
  readonly isPrinted: boolean;
}

/** `wirebook service …`: a systemd unit on Linux; elsewhere the exact commands are told, and nothing is done. */
export async function runServiceCommand(options: ServiceCommandOptions, io: CommandIo, host: ServiceHost): Promise<number> {
  if (host.platform === 'win32') {
    for (const line of listWindowsCommands(options, { io, host })) io.print(line);
    return exitCodes.ok;
  }
  if (host.platform !== 'linux') throw fail(`services are installed with systemd, which ${host.platform} does not have`);
  if (options.do === 'install') return install(options, { io, host });
  const { exitCode, text } = host.run('systemctl', [options.do, '--no-pager', `${options.name}.service`]);
  if (exitCode === null) throw fail(`systemctl does not run here: ${text}`);
  if (text !== '') (exitCode === 0 || options.do === 'status' ? io.print : io.complain)(text);
  if (exitCode === 0 && text === '') io.print(`${options.name}.service: ${options.do} is done.`);
  return exitCode === 0 ? exitCodes.ok : exitCodes.failed;
}

interface Surroundings {
  readonly io: CommandIo;
  readonly host: ServiceHost;
}

async function install(options: ServiceCommandOptions, { io, host }: Surroundings): Promise<number> {
  const { workingDir, variables } = io.environment;
  const user = options.user ?? variables.SUDO_USER ?? variables.USER;
  if (user === undefined) throw new WirebookError('SERVER_SERVICE_INVALID', 'nobody is named as user of the service; add --user NAME');
  const absolute = (path: string) => resolve(workingDir, path);
  const unit = writeServiceUnit({
    name: options.name,
    user,
    workingDir,
    nodePath: host.nodePath,
    programPath: host.programPath,
    args: listArguments(options, absolute),
    dataDir: options.dataDir === undefined ? null : absolute(options.dataDir),
    writable: options.writable.map(absolute),
  });
  if (options.isPrinted) {
    io.print(unit.trimEnd());
    return exitCodes.ok;
  }
  if (user === 'root') io.complain('The service runs as root; better name a user of its own with --user.');
  const path = join(host.unitFolder, `${options.name}.service`);
  await write(path, unit);
  const checked = host.run('systemd-analyze', ['verify', path]);
  if (checked.exitCode !== null && checked.exitCode !== 0) throw fail(`systemd does not take ${path}: ${checked.text}`);
  for (const args of [['daemon-reload'], ['enable', `${options.name}.service`]]) {
    const { exitCode, text } = host.run('systemctl', args);
    if (exitCode !== 0) throw fail(`${path} is written, but "systemctl ${args.join(' ')}" did not work: ${text}`);
  }
  io.print(`Installed ${path}, which runs as ${user} from the next start of this machine. Start it now with: wirebook service start`);
  return exitCodes.ok;
}

async function write(path: string, unit: string): Promise<void> {
  try {
    const before = await readFile(path, 'utf8').catch((thrown: unknown) => {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
      throw thrown;
    });
    if (before !== null && !before.startsWith(unitMark))
      throw fail(`${path} is there and was not written by Wirebook; choose another --name`);
    await writeFile(path, unit, { mode: 0o644 });
  } catch (thrown) {
    if (thrown instanceof WirebookError) throw thrown;
    throw fail(`${path} cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}; call it with sudo`, thrown);
  }
}

function listArguments({ serves, config, flows }: ServiceCommandOptions, absolute: (path: string) => string): string[] {
  return [
    serves,
    ...(config === undefined ? [] : ['--config', absolute(config)]),
    ...(serves === 'run' ? flows.flatMap((flow) => ['--flow', absolute(flow)]) : []),
  ];
}

/** The task scheduler is on every Windows and keeps a console program running without a wrapper. */
function listWindowsCommands(options: ServiceCommandOptions, { io, host }: Surroundings): string[] {
  const task = `/TN "${options.name}"`;
  if (options.do === 'start') return [`schtasks /Run ${task}`];
  if (options.do === 'stop') return [`schtasks /End ${task}`];
  if (options.do === 'restart') return [`schtasks /End ${task}`, `schtasks /Run ${task}`];
  if (options.do === 'status') return [`schtasks /Query ${task} /V /FO LIST`];
  const absolute = (path: string) => resolve(io.environment.workingDir, path);
  const data = options.dataDir === undefined ? [] : ['--data', absolute(options.dataDir)];
  const words = [host.nodePath, host.programPath, ...listArguments(options, absolute), ...data].map((word) => `\\"${word}\\"`);
  return [`schtasks /Create ${task} /SC ONSTART /RU "${options.user ?? 'NT AUTHORITY\\LocalService'}" /TR "${words.join(' ')}"`];
}

function fail(text: string, cause?: unknown): WirebookError {
  return new WirebookError('SERVER_SERVICE_FAILED', text, cause);
}
