import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { listSectionNames } from '@wirebook/package-kit';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';

export interface ConfigCommandOptions {
  readonly do: 'create' | 'update';
  /** Else APP_CONFIG_FILE, else ~/.resilient/app.config. */
  readonly file: string | undefined;
}

const templates: Readonly<Record<string, string>> = {
  resilient: `[resilient]
# Host name of the platform, without https://
host = soar.example.com
port = 443
# Where the broker has a host of its own
#stomp_host =
stomp_port = 65001
# Name of the organisation; may be absent when the account has exactly one
#org =
# Login. ^name is a value that "wirebook keyring" stores; $NAME comes from the environment or a mounted secret file.
api_key_id = $SOAR_API_KEY_ID
api_key_secret = ^soar-api-key-secret
# PEM file with the CA of the platform
#cafile = ~/.resilient/ca.pem
# HTTP proxy for REST and STOMP
#proxy_host =
#proxy_port =
num_workers = 25
loglevel = INFO
`,
  wirebook: `[wirebook]
#data_dir = ~/.wirebook/data
#http_allowed_hosts =
`,
  secrets: `[secrets]
# What flows name with {"$secret": "name"}
`,
};

/** `wirebook config -c|-u [file]`: writes an app.config, or adds to one the sections that it lacks. Nothing that is there is changed. */
export async function runConfigCommand(options: ConfigCommandOptions, { environment, print }: CommandIo): Promise<number> {
  const named = options.file ?? (environment.variables.APP_CONFIG_FILE || undefined);
  const path = named === undefined ? join(environment.homeDir, '.resilient', 'app.config') : resolve(environment.workingDir, named);
  if (options.do === 'create') {
    await create(path);
    print(`Wrote ${path}. Enter host and login, then: wirebook keyring, wirebook doctor.`);
    return exitCodes.ok;
  }
  const text = await read(path);
  const known = new Set(listSectionNames(text, path));
  const missing = Object.keys(templates).filter((name) => !known.has(name));
  if (missing.length > 0) {
    const added = missing.map((name) => templates[name]).join('\n');
    await writeFile(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}\n${added}`);
  }
  print(missing.length === 0 ? `${path} has every section already.` : `Added ${missing.map((name) => `[${name}]`).join(', ')} to ${path}.`);
  return exitCodes.ok;
}

async function create(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Object.values(templates).join('\n'), { flag: 'wx', mode: 0o600 });
    await chmod(path, 0o600);
  } catch (thrown) {
    const isThere = thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const text = isThere
      ? `${path} is there already and stays as it is; add what it lacks with: wirebook config -u`
      : `${path} cannot be written: ${reason}`;
    throw new WirebookError('CONFIG_FILE_INVALID', text, thrown, { path });
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (isMissing)
      throw new WirebookError('CONFIG_FILE_MISSING', `there is no ${path}; write one with: wirebook config -c`, thrown, { path });
    throw new WirebookError('CONFIG_FILE_INVALID', `${path} cannot be read: ${String(thrown)}`, thrown, { path });
  }
}
