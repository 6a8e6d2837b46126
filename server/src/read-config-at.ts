import { readFile } from 'node:fs/promises';
import { type AppConfig, type AppConfigSource, readAppConfig } from '@wirebook/package-kit';
import { createKeystore, openKeystores } from './keystore/keystore.ts';
import type { ProcessEnvironment } from './process-environment.ts';

/** What comes neither from the file nor from the environment. */
type ConfigFromOutside = Pick<AppConfigSource, 'overrides' | 'askPassword'>;

/** Reads this app.config, or, without a path, the one that is found. @throws CONFIG_* */
export function readConfigAt(
  path: string | undefined,
  environment: ProcessEnvironment,
  { overrides = {}, askPassword }: ConfigFromOutside = {},
): Promise<AppConfig> {
  return readAppConfig({
    ...toConfigSource(path, environment),
    overrides,
    askPassword,
    keystore: createKeystore(openKeystores(environment)),
  });
}

/** The file and the environment, without a keystore. */
export function toConfigSource(path: string | undefined, { variables, homeDir, workingDir }: ProcessEnvironment): AppConfigSource {
  return { path, env: variables, homeDir, cwd: workingDir, readFile: (file) => readFile(file, 'utf8') };
}
