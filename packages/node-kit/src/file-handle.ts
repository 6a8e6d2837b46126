import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue } from './describe-value.ts';

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a value of a message names a file of the run. */
export function isFileHandle(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && typeof value.file === 'string' && typeof value.sizeBytes === 'number' && idPattern.test(value.file);
}

/**
 * The id in a file handle.
 *
 * @param field the config field it stands in.
 * @throws NODE_INPUT_INVALID naming the field and what was given.
 */
export function getFileId(value: JsonValue, field = 'file'): string {
  if (isJsonObject(value) && typeof value.file === 'string' && isFileHandle(value)) return value.file;
  throw new WirebookError(
    'NODE_INPUT_INVALID',
    `field "${field}": it got ${describeValue(value)}; give the file that a node such as Read file or HTTP request handed on`,
  );
}
