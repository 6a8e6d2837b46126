import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ids } from './ids.ts';

/**
 * The seed of the logins that belong to a data folder, made at its first use, so that a simulator keeps its logins over restarts.
 *
 * @returns a text kept in a file that only its owner may read.
 */
export async function openCredentialSeed(dataDir: string, ids: Ids): Promise<string> {
  const file = join(dataDir, 'credential-seed');
  const known = await readIfThere(file);
  if (known !== undefined) return known;
  const seed = ids.token();
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${seed}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return seed;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
