import type { RunFileHandle } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';

/**
 * What is kept beside the content of a file.
 *
 * @throws STORE_FAILED
 */
export function parseFileFacts(text: string, path: string): RunFileHandle {
  let facts: unknown;
  try {
    facts = JSON.parse(text);
  } catch (thrown) {
    throw new WirebookError('STORE_FAILED', `${path} is no JSON`, thrown);
  }
  if (isJsonObject(facts)) {
    const { file, name, contentType, sizeBytes, sha256 } = facts;
    const isWhole = [file, name, contentType, sha256].every((fact) => typeof fact === 'string') && typeof sizeBytes === 'number';
    if (isWhole) return { file, name, contentType, sizeBytes, sha256 } as RunFileHandle;
  }
  throw new WirebookError('STORE_FAILED', `${path} does not say what the file is`);
}
