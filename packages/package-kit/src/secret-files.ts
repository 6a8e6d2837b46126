import { join } from 'node:path';
import type { IniSection } from './ini.ts';
import { bracedReference } from './keystore.ts';
import { type Environment, variableName } from './option-source.ts';

export interface SecretFiles {
  /** Values by the names of their files. */
  readonly values: Readonly<Record<string, string>>;
  /** For people: files that are there and cannot be used. */
  readonly warnings: readonly string[];
}

interface SecretFileSource {
  readonly env: Environment;
  readonly readFile: (path: string) => Promise<string>;
}

/** Where containers have their secrets: App Host and Kubernetes, then Docker. */
const usualFolders = ['/etc/secrets', '/run/secrets'] as const;
const absent: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

/**
 * Reads the files that `$NAME` and `${NAME}` of a configuration may mean: `NAME` in the folder WIREBOOK_SECRETS_DIR, else in the usual
 * ones. Line ends at the end of a file do not belong to the value.
 */
export async function readSecretFiles(sections: readonly IniSection[], { env, readFile }: SecretFileSource): Promise<SecretFiles> {
  const named = env.WIREBOOK_SECRETS_DIR;
  const folders = named === undefined || named === '' ? usualFolders : [named];
  const values: Record<string, string> = Object.create(null);
  const warnings: string[] = [];
  for (const name of listVariables(sections)) {
    for (const folder of folders) {
      const path = join(folder, name);
      const found = await readOne(path, readFile);
      if (found.problem !== null) warnings.push(found.problem);
      if (found.value === null) continue;
      values[name] = found.value;
      break;
    }
  }
  return { values, warnings };
}

async function readOne(path: string, readFile: SecretFileSource['readFile']): Promise<{ value: string | null; problem: string | null }> {
  let text: string;
  try {
    text = await readFile(path);
  } catch (thrown) {
    const code: unknown = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
    return { value: null, problem: absent.has(code) ? null : `the secret file ${path} cannot be read (${String(code)}); it has no effect` };
  }
  const value = text.replace(/[\r\n]+$/, '');
  if (/^eyJ[\w-]*(?:\.[\w-]*){4}$/.test(value)) {
    return { value: null, problem: `the secret file ${path} is encrypted for App Host and cannot be read here; mount the plain value` };
  }
  return { value, problem: null };
}

function listVariables(sections: readonly IniSection[]): ReadonlySet<string> {
  const names = sections.flatMap(({ options }) =>
    options.flatMap(({ value }) => [
      ...[...value.matchAll(new RegExp(bracedReference, 'g'))].flatMap(([, variable]) => variable ?? []),
      ...(value.startsWith('$') ? [value.slice(1)] : []),
    ]),
  );
  return new Set(names.filter((name) => variableName.test(name)));
}
