import { join, resolve } from 'node:path';
import { type ErrorRecord, fromErrorRecord, toErrorRecord, WirebookError } from '@wirebook/errors';
import {
  type ConnectionConfig,
  connectionVariables,
  fallbackVariables,
  readConnection,
  servedConnectionOptions,
  type TlsConfig,
  truths,
} from './connection-config.ts';
import { type IniOption, type IniSection, parseIni } from './ini.ts';
import { findKeystoreReferences, type Keystore, type KeystoreReference, readKeystore } from './keystore.ts';
import { createOptionReader, looksSecret } from './option-reader.ts';
import { type Environment, type OptionSources, type ResolvedOption, resolveOption, resolveSection } from './option-source.ts';
import { Secret } from './secret.ts';
import { readSecretFiles } from './secret-files.ts';
import { unservedConnectionOptions } from './unserved-options.ts';
import { readWebserver, servedWebserverOptions, type WebserverConfig } from './webserver-config.ts';
import { readWirebook, servedWirebookOptions, unservedWirebookOptions, type WirebookConfig } from './wirebook-config.ts';

export interface AppConfigSource {
  /** What `--config` names; comes before every other place. */
  readonly path?: string | undefined;
  readonly env: Environment;
  readonly homeDir: string;
  readonly cwd: string;
  /** UTF-8 text of a file; rejects with `code: 'ENOENT'` when it is not there. */
  readonly readFile: (path: string) => Promise<string>;
  /** Where `^name` leads; without one such references are refused. */
  readonly keystore?: Keystore | undefined;
  /** Asks a person for the password of an e-mail; null when there is none to be had. */
  readonly askPassword?: ((email: string) => Promise<string | null>) | undefined;
  /** Options of [resilient] that come before file and environment, as the command line has them. */
  readonly overrides?: Readonly<Record<string, string>> | undefined;
}

/** The options of one section as they are written; secret ones (by name, from the environment or the keystore) are wrapped. */
export type RawSection = Readonly<Record<string, string | Secret>>;

/** TLS settings with the file read. */
export interface LoadedTls extends TlsConfig {
  readonly caPem: string | null;
}

/** A client certificate with its files read. */
interface LoadedClientCertificate {
  readonly certPem: string;
  readonly keyPem: Secret;
}

/** app.config, read once and frozen. */
export interface AppConfig {
  /** The file it came from. */
  readonly path: string;
  readonly connection: Omit<ConnectionConfig, 'tls' | 'stompTls' | 'clientCertificate'> & {
    readonly tls: LoadedTls;
    readonly stompTls: LoadedTls;
    readonly clientCertificate: LoadedClientCertificate | null;
  };
  readonly wirebook: WirebookConfig;
  readonly webserver: WebserverConfig;
  /** Every section by its name, for apps. References that cannot be resolved stay as they are written. */
  readonly sections: Readonly<Record<string, RawSection>>;
  /** For people: options that are unknown or not used yet, references that lead nowhere. */
  readonly warnings: readonly string[];
  /** Options of [secrets] that refer to something that is not there. */
  readonly unresolvedSecrets: Readonly<Record<string, ErrorRecord>>;
  /** The environment in which `findSecret` looks. */
  readonly findVariable: (name: string) => string | undefined;
}

/**
 * Reads app.config from `path`, else APP_CONFIG_FILE, else ./app.config, else ~/.resilient/app.config.
 *
 * @throws CONFIG_FILE_MISSING, CONFIG_FILE_INVALID, CONFIG_OPTION_MISSING, CONFIG_OPTION_INVALID, CONFIG_SECRET_UNRESOLVED,
 *   CONFIG_KEYSTORE_UNAVAILABLE, CONFIG_VAULT_INVALID
 */
export async function readAppConfig(source: AppConfigSource): Promise<AppConfig> {
  const { path, text } = await openAppConfig(source);
  const sections = parseIni(text, path);
  if (!sections.some(({ name }) => name === 'resilient')) {
    throw new WirebookError('CONFIG_OPTION_MISSING', `${path} has no section [resilient]`, undefined, { section: 'resilient' });
  }
  const secretFiles = await readSecretFiles(sections, source);
  const sources = { env: { ...source.env, ...secretFiles.values }, findInKeystore: await readKeystore(sections, source.keystore) };
  const written = resolveSection(sections, { name: 'resilient', served: servedConnectionOptions }, sources);
  const resilient = await addPassword(addOverrides(addVariables(written, source.env), source.overrides), source);
  const connection = readConnection(createOptionReader('resilient', resilient));
  const wirebook = readWirebook(
    createOptionReader('wirebook', resolveSection(sections, { name: 'wirebook', served: servedWirebookOptions }, sources)),
  );
  const webserver = readWebserver(
    createOptionReader('webserver', resolveSection(sections, { name: 'webserver', served: servedWebserverOptions }, sources)),
  );
  const raw = readRawSections(sections, sources);
  return deepFreeze({
    path,
    connection: {
      ...connection,
      tls: await loadTls(connection.tls, source, 'cafile'),
      stompTls: await loadTls(connection.stompTls, source, resilient.has('stomp_cafile') ? 'stomp_cafile' : 'cafile'),
      clientCertificate: await loadClientCertificate(connection.clientCertificate, source),
    },
    wirebook,
    webserver,
    sections: raw.sections,
    unresolvedSecrets: raw.unresolvedSecrets,
    warnings: [...listOptionWarnings(sections, connection), ...secretFiles.warnings, ...raw.warnings],
    findVariable: (name) => (Object.hasOwn(source.env, name) ? source.env[name] : undefined),
  });
}

/**
 * The keystore entries that app.config refers to, in its order, with the file's path.
 *
 * @throws CONFIG_FILE_MISSING, CONFIG_FILE_INVALID
 */
export async function listKeystoreReferences(
  source: AppConfigSource,
): Promise<{ readonly path: string; readonly references: readonly KeystoreReference[] }> {
  const { path, text } = await openAppConfig(source);
  return { path, references: findKeystoreReferences(parseIni(text, path)) };
}

/**
 * The sections that a text has, in its order.
 *
 * @param path named in errors.
 * @throws CONFIG_FILE_INVALID
 */
export function listSectionNames(text: string, path: string): readonly string[] {
  return parseIni(text, path).map(({ name }) => name);
}

async function openAppConfig(source: AppConfigSource): Promise<{ path: string; text: string }> {
  const named = source.path ?? (source.env.APP_CONFIG_FILE || undefined);
  const places =
    named === undefined ? [join(source.cwd, 'app.config'), join(source.homeDir, '.resilient', 'app.config')] : [expandPath(named, source)];
  for (const path of places) {
    const text = await readIfThere(path, source);
    if (text !== undefined) return { path, text };
  }
  const origin = source.path === undefined && named !== undefined ? ' (from APP_CONFIG_FILE)' : '';
  throw new WirebookError('CONFIG_FILE_MISSING', `there is no ${places.join(' and no ')}${origin}`, undefined, { path: places[0] ?? '' });
}

async function readIfThere(path: string, source: AppConfigSource): Promise<string | undefined> {
  try {
    return await source.readFile(path);
  } catch (thrown) {
    const code: unknown = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT') return undefined;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError('CONFIG_FILE_INVALID', `${path} cannot be read: ${reason}`, thrown, { path });
  }
}

async function loadTls(tls: TlsConfig, source: AppConfigSource, option: string): Promise<LoadedTls> {
  if (tls.caPath === null) return { ...tls, caPem: null };
  return { ...tls, caPem: await readPem(tls.caPath, source, { option, allowed: 'the path of a PEM file, or false to give up the check' }) };
}

async function loadClientCertificate(
  paths: ConnectionConfig['clientCertificate'],
  source: AppConfigSource,
): Promise<LoadedClientCertificate | null> {
  if (paths === null) return null;
  const allowed = 'the path of a PEM file';
  return {
    certPem: await readPem(paths.certPath, source, { option: 'client_auth_cert', allowed }),
    keyPem: new Secret(await readPem(paths.keyPath, source, { option: 'client_auth_key', allowed })),
  };
}

async function readPem(
  written: string,
  source: AppConfigSource,
  { option, allowed }: { readonly option: string; readonly allowed: string },
): Promise<string> {
  const path = expandPath(written, source);
  const pem = await readIfThere(path, source);
  if (pem !== undefined) return pem;
  const text = `[resilient] ${option}: there is no file ${path}; allowed is ${allowed}`;
  throw new WirebookError('CONFIG_OPTION_INVALID', text, undefined, { section: 'resilient', option, path });
}

function expandPath(path: string, source: AppConfigSource): string {
  return path.startsWith('~/') ? join(source.homeDir, path.slice(2)) : resolve(source.cwd, path);
}

function addVariables(options: ReadonlyMap<string, ResolvedOption>, env: Environment): ReadonlyMap<string, ResolvedOption> {
  const read = (variables: readonly (readonly [string, string])[]) =>
    variables.flatMap(([name, variable]) => {
      const value = env[variable];
      return value === undefined || value === '' ? [] : [[name, { name, value, written: `$${variable}`, isReferred: true }] as const];
    });
  return new Map([...read(fallbackVariables), ...options, ...read(Object.entries(connectionVariables))]);
}

function addOverrides(options: ReadonlyMap<string, ResolvedOption>, overrides: AppConfigSource['overrides']) {
  const given = Object.entries(overrides ?? {}).map(([name, value]) => [name, { name, value, written: value, isReferred: false }] as const);
  return new Map([...options, ...given]);
}

/** As the peer: only where there is an e-mail, no API key and no password, and nothing forbids to ask. */
async function addPassword(
  options: ReadonlyMap<string, ResolvedOption>,
  { askPassword }: AppConfigSource,
): Promise<ReadonlyMap<string, ResolvedOption>> {
  const isSilent = createOptionReader('resilient', options).readChoice('no_prompt_password', { allowed: truths, fallback: false });
  const email = options.get('email')?.value;
  const hasKey = options.has('api_key_id') && options.has('api_key_secret');
  if (isSilent || askPassword === undefined || email === undefined || hasKey || options.has('password')) return options;
  const value = await askPassword(email);
  if (value === null || value === '') return options;
  return new Map([...options, ['password', { name: 'password', value, written: '', isReferred: true }]]);
}

/** Options of [resilient] that a command line may give: all but secrets. */
export function listOverridableOptions(): readonly string[] {
  return [...servedConnectionOptions].filter((name) => !looksSecret(name)).sort();
}

type RawSections = Pick<AppConfig, 'sections' | 'unresolvedSecrets' | 'warnings'>;

function readRawSections(sections: readonly IniSection[], sources: OptionSources): RawSections {
  const raw: Record<string, RawSection> = Object.create(null);
  const unresolvedSecrets: Record<string, ErrorRecord> = Object.create(null);
  const warnings: string[] = [];
  for (const { name, options } of sections) {
    const section: Record<string, string | Secret> = Object.create(null);
    for (const option of options) {
      const { value, problem } = readRawOption(name, option, sources);
      if (problem !== null) warnings.push(`${problem.message} (${problem.code})`);
      if (problem !== null && name === secretsSection) unresolvedSecrets[option.name] = toErrorRecord(problem);
      else section[option.name] = value;
    }
    raw[name] = section;
  }
  return { sections: raw, unresolvedSecrets, warnings };
}

function readRawOption(
  section: string,
  option: IniOption,
  sources: OptionSources,
): { value: string | Secret; problem: WirebookError | null } {
  const wrap = (text: string, isReferred: boolean) =>
    section === secretsSection || isReferred || looksSecret(option.name) ? new Secret(text) : text;
  try {
    const resolved = resolveOption(section, option, sources);
    return { value: wrap(resolved.value, resolved.isReferred), problem: null };
  } catch (thrown) {
    // An app that is never used must not keep the others from starting: it sees what is written.
    if (thrown instanceof WirebookError) return { value: wrap(option.value, false), problem: thrown };
    throw thrown;
  }
}

function listOptionWarnings(sections: readonly IniSection[], { login }: { login: { kind: string } }): readonly string[] {
  const known = [
    { section: 'resilient', served: servedConnectionOptions, unserved: unservedConnectionOptions },
    { section: 'wirebook', served: servedWirebookOptions, unserved: unservedWirebookOptions },
  ];
  const named = known.flatMap(({ section, served, unserved }) => {
    const options = sections.find(({ name }) => name === section)?.options ?? [];
    return options
      .filter(({ name }) => !served.has(name))
      .map(({ name, line }) =>
        Object.hasOwn(unserved, name)
          ? `[${section}] ${name} (line ${line}) is not used: ${unserved[name]}`
          : `[${section}] ${name} (line ${line}) is not known and has no effect; check its spelling`,
      );
  });
  const resilient = sections.find(({ name }) => name === 'resilient')?.options ?? [];
  const both = login.kind === 'api-key' && resilient.some(({ name, value }) => name === 'password' && value !== '');
  const notes = sections.flatMap(({ options }) => options.flatMap(({ note }) => note ?? []));
  return both ? [...notes, ...named, '[resilient] has an API key and an e-mail login; the API key is used'] : [...notes, ...named];
}

const secretsSection = 'secrets';

/**
 * The secret that a flow names with `{"$secret": "name"}`: the option of the section [secrets], else the environment variable
 * WIREBOOK_SECRET_ followed by the name in capitals with `_` for every other character. Names are the same in upper and lower case.
 *
 * @returns undefined when there is none.
 * @throws CONFIG_SECRET_UNRESOLVED, CONFIG_KEYSTORE_UNAVAILABLE, CONFIG_VAULT_INVALID when the option refers to something that is not there.
 */
export function findSecret(config: AppConfig, name: string): Secret | undefined {
  const key = name.toLowerCase();
  const unresolved = config.unresolvedSecrets[key];
  if (unresolved !== undefined) throw fromErrorRecord(unresolved);
  const written = config.sections[secretsSection]?.[key];
  if (written instanceof Secret) return written;
  const variable = `WIREBOOK_SECRET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  const value = config.findVariable(variable);
  return value === undefined ? undefined : new Secret(value);
}

/** Names of the secrets in the section [secrets] that have a value, in alphabetical order. */
export function listSecretNames(config: AppConfig): readonly string[] {
  return Object.keys(config.sections[secretsSection] ?? {}).sort();
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
