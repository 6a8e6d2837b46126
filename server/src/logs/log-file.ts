import { join, resolve } from 'node:path';
import type { AppConfig } from '@wirebook/package-kit';
import type { ProcessEnvironment } from '../process-environment.ts';
import { openRotatingFile } from './rotating-file.ts';
import { toTextLine } from './text-line.ts';

/** The log file that app.config asks for; a process that has it is the only one that writes it. */
export interface LogFile {
  /** A line of JSON as pino writes it, without secrets. */
  write(line: string): void;
  close(): void;
}

export interface LogFileOptions {
  readonly environment: Pick<ProcessEnvironment, 'homeDir' | 'workingDir'>;
  readonly onRefused: (reason: string) => void;
}

/**
 * Null when app.config asks for none.
 *
 * @throws CONFIG_OPTION_INVALID when it cannot be opened.
 */
export function openLogFile(config: Pick<AppConfig, 'connection' | 'wirebook'>, options: LogFileOptions): LogFile | null {
  const { logFile } = config.connection;
  if (logFile === null) return null;
  const { homeDir, workingDir } = options.environment;
  const dir = logFile.dir.startsWith('~/') ? join(homeDir, logFile.dir.slice(2)) : resolve(workingDir, logFile.dir);
  const file = openRotatingFile({ ...logFile, dir, onRefused: options.onRefused });
  const isText = config.wirebook.logFormat === 'text';
  return {
    write: (line) => file.write(isText ? toTextLine(line) : line),
    close: () => file.close(),
  };
}
