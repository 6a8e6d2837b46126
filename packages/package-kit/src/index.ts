export {
  type AppConfig,
  type AppConfigSource,
  findSecret,
  type LoadedTls,
  listKeystoreReferences,
  listOverridableOptions,
  listSecretNames,
  listSectionNames,
  type RawSection,
  readAppConfig,
} from './app-config.ts';
export type { ConnectionConfig, LogFileConfig, LoginConfig, LogLevel, TlsConfig } from './connection-config.ts';
export type { FileConfig } from './file-config.ts';
export { type Keystore, type KeystoreEntry, type KeystoreReference, toKeystoreEntry } from './keystore.ts';
export type { Environment } from './option-source.ts';
export type { ProxyConfig } from './proxy-config.ts';
export { Secret } from './secret.ts';
export type { WebserverConfig } from './webserver-config.ts';
export type { AllowedHost, CompletionPolicy, RateLimit, WirebookConfig } from './wirebook-config.ts';
