import { WirebookError } from '@wirebook/errors';

/**
 * A path whose parts are each encoded, so that no value of a message can lead elsewhere.
 *
 * @throws SOAR_PATH_INVALID for a path that does not begin with one "/", has empty parts, "." or "..", a query, or characters that split it.
 */
export function encodeRestPath(path: string): string {
  if (!path.startsWith('/')) throw refuse(path, 'it does not begin with "/", and scheme and host come from the connection');
  const parts = path.slice(1).split('/');
  return `/${parts.map((part, index) => encodePart(part, { path, isLast: index === parts.length - 1 })).join('/')}`;
}

function encodePart(part: string, { path, isLast }: { path: string; isLast: boolean }): string {
  if (part === '' && !isLast) throw refuse(path, 'it has an empty part; is a value missing in it?');
  if (/[?#]/.test(part)) throw refuse(path, 'it holds "?" or "#"; query parameters have a field of their own');
  const plain = decodePart(part, path);
  if (plain === '.' || plain === '..') throw refuse(path, 'it holds the part "." or ".."');
  if (/[\\/\p{Cc}]/u.test(plain)) throw refuse(path, 'a part holds a slash, a backslash or a control character');
  return encodeURIComponent(plain);
}

function decodePart(part: string, path: string): string {
  try {
    return decodeURIComponent(part);
  } catch (thrown) {
    throw refuse(path, 'a "%" in it is not followed by two hexadecimal digits; write %25 for a per cent sign', thrown);
  }
}

function refuse(path: string, problem: string, cause?: unknown): WirebookError {
  return new WirebookError(
    'SOAR_PATH_INVALID',
    `path ${JSON.stringify(path.slice(0, 200))}: ${problem}; a path looks like /incidents/2314`,
    cause,
  );
}
