export interface JsonError {
  /** Characters before the place; the length of the text when it ends too early. */
  readonly position: number;
  /** What would have been right there. */
  readonly expected: string;
}

const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Where and why a text is not JSON. The engine's own message names no position for short texts and quotes the content,
 * which may be confidential.
 *
 * @returns undefined when the text is JSON.
 */
export function findJsonError(source: string): JsonError | undefined {
  const open: ('{' | '[')[] = [];
  let at = skipBlanks(source, 0);
  let expecting: 'value' | 'value or ]' | 'key' | 'key or }' | 'after value' = 'value';

  for (;;) {
    const character = source[at];
    if (expecting === 'after value') {
      const container = open.at(-1);
      if (container === undefined) return character === undefined ? undefined : { position: at, expected: 'the end of the text' };
      if (character === ',') {
        expecting = container === '{' ? 'key' : 'value';
        at = skipBlanks(source, at + 1);
      } else if (character === (container === '{' ? '}' : ']')) {
        open.pop();
        at = skipBlanks(source, at + 1);
      } else return { position: at, expected: container === '{' ? 'a comma or }' : 'a comma or ]' };
    } else if (expecting === 'key' || expecting === 'key or }') {
      if (character === '}' && expecting === 'key or }') {
        open.pop();
        expecting = 'after value';
        at = skipBlanks(source, at + 1);
        continue;
      }
      const afterKey = skipString(source, at);
      if (afterKey === at) return { position: at, expected: expecting === 'key' ? 'a key in quotes' : 'a key in quotes or }' };
      const colonAt = skipBlanks(source, afterKey);
      if (source[colonAt] !== ':') return { position: colonAt, expected: 'a colon' };
      expecting = 'value';
      at = skipBlanks(source, colonAt + 1);
    } else if (character === '{' || character === '[') {
      open.push(character);
      expecting = character === '{' ? 'key or }' : 'value or ]';
      at = skipBlanks(source, at + 1);
    } else if (character === ']' && expecting === 'value or ]') {
      open.pop();
      expecting = 'after value';
      at = skipBlanks(source, at + 1);
    } else {
      const afterScalar = source[at] === '"' ? skipString(source, at) : skip(word, source, at);
      if (afterScalar === at) return { position: at, expected: expecting === 'value' ? 'a value' : 'a value or ]' };
      expecting = 'after value';
      at = skipBlanks(source, afterScalar);
    }
  }
}

/** Each of these gives the place behind what it skips, or the same place when it is not there. */
function skip(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(source) ? pattern.lastIndex : from;
}

function skipBlanks(source: string, from: number): number {
  let at = from;
  while (source[at] === ' ' || source[at] === '\n' || source[at] === '\r' || source[at] === '\t') at += 1;
  return at;
}

/** By hand, because a pattern that repeats over megabytes overflows the stack of the regular expression engine. */
function skipString(source: string, from: number): number {
  if (source[from] !== '"') return from;
  let at = from + 1;
  while (at < source.length) {
    const character = source[at];
    if (character === '"') return at + 1;
    if (source.charCodeAt(at) < 0x20) return from;
    if (character === '\\') {
      const behind = skip(escapeSequence, source, at);
      if (behind === at) return from;
      at = behind;
    } else at += 1;
  }
  return from;
}
