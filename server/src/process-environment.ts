import { homedir } from 'node:os';

/** What the process was given from outside. The one place that reads it. */
export interface ProcessEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDir: string;
  readonly homeDir: string;
}

export function readProcessEnvironment(): ProcessEnvironment {
  return Object.freeze({ variables: Object.freeze({ ...process.env }), workingDir: process.cwd(), homeDir: homedir() });
}
