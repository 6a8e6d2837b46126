import { homedir } from 'node:os';

/** What the process was given from outside. The one place that reads it. */
export interface ProcessEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDir: string;
  readonly homeDir: string;
}

/** Those behind which secrets stand: a flow names them as secrets, so that they are bound and hidden as such, or not at all. */
const ownVariables = /^WIREBOOK_(?:SECRET|VAULT)_/i;

/** What `{"$env": "NAME"}` of a flow gives. */
export function findFlowVariable({ variables }: ProcessEnvironment, name: string): string | undefined {
  return ownVariables.test(name) || !Object.hasOwn(variables, name) ? undefined : variables[name];
}

export function readProcessEnvironment(): ProcessEnvironment {
  return Object.freeze({ variables: Object.freeze({ ...process.env }), workingDir: process.cwd(), homeDir: homedir() });
}
