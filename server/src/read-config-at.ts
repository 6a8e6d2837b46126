import { readFile } from 'node:fs/promises';
import { type AppConfig, readAppConfig } from '@wirebook/package-kit';
import type { ProcessEnvironment } from './process-environment.ts';

/** Reads this app.config, or, without a path, the one that is found. @throws CONFIG_* */
export function readConfigAt(path: string | undefined, { variables, homeDir, workingDir }: ProcessEnvironment): Promise<AppConfig> {
  return readAppConfig({ path, env: variables, homeDir, cwd: workingDir, readFile: (file) => readFile(file, 'utf8') });
}
