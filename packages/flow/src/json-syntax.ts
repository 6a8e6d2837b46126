/** Where a text stops being JSON, and why. Line and column count from 1, columns in UTF-16 units as editors do. */
export interface JsonSyntaxError {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

interface Failure {
  readonly offset: number;
  readonly reason: string;
}

const whitespace = /[ \t\n\r]*/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordToken = /true|false|null/y;
const plainText = /[ !#-[\]-\uffff]*/y;
const escapeToken = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Finds the first place at which the text is no JSON; undefined when all of it is. The messages of JSON.parse differ between engines
 * and often name no place, so this walks the text again after JSON.parse refused it.
 */
export function findJsonSyntaxError(text: string): JsonSyntaxError | undefined {
  const failure = findFailure(text);
  if (failure === undefined) return undefined;
  const before = text.slice(0, failure.offset);
  const line = before.split('\n').length;
  return { line, column: failure.offset - before.lastIndexOf('\n'), reason: failure.reason };
}

/** What may come next; a stack of open brackets takes the place of recursion, so that depth costs nothing. */
type Expected = 'value' | 'first-item' | 'first-key' | 'key' | 'after-value';

function findFailure(text: string): Failure | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;

  function take(token: RegExp): boolean {
    token.lastIndex = offset;
    if (!token.test(text)) return false;
    offset = token.lastIndex;
    return true;
  }

  function fail(wanted: string): Failure {
    const found =
      offset < text.length ? `found ${JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0))}` : 'the text ends here';
    return { offset, reason: `expected ${wanted}, ${found}` };
  }

  function takeText(): Failure | undefined {
    const start = offset;
    offset += 1;
    for (;;) {
      take(plainText);
      if (text[offset] === '"') {
        offset += 1;
        return undefined;
      }
      if (text[offset] === '\\') {
        if (!take(escapeToken)) return { offset, reason: 'this escape is not one of JSON' };
        continue;
      }
      if (offset >= text.length) return { offset: start, reason: 'this text in quotes has no end' };
      if (/[\n\r]/.test(text[offset] ?? '')) return { offset: start, reason: 'this text in quotes has no end on its line' };
      return { offset, reason: 'a control character must be written as an escape' };
    }
  }

  function close(bracket: '}' | ']'): boolean {
    if (text[offset] !== bracket) return false;
    offset += 1;
    open.pop();
    expected = 'after-value';
    return true;
  }

  function takeValue(): Failure | undefined {
    const bracket = text[offset];
    if (bracket === '{' || bracket === '[') {
      offset += 1;
      open.push(bracket);
      expected = bracket === '{' ? 'first-key' : 'first-item';
      return undefined;
    }
    expected = 'after-value';
    if (bracket === '"') return takeText();
    return take(wordToken) || take(numberToken) ? undefined : fail('a value');
  }

  function takeKey(): Failure | undefined {
    if (text[offset] !== '"') return fail(expected === 'key' ? 'a key in double quotes' : 'a key in double quotes or "}"');
    const failure = takeText();
    if (failure !== undefined) return failure;
    take(whitespace);
    if (text[offset] !== ':') return fail('":"');
    offset += 1;
    expected = 'value';
    return undefined;
  }

  function takeNext(): Failure | undefined {
    take(whitespace);
    switch (expected) {
      case 'value':
        return takeValue();
      case 'first-item':
        return close(']') ? undefined : takeValue();
      case 'first-key':
        return close('}') ? undefined : takeKey();
      case 'key':
        return takeKey();
      case 'after-value': {
        const bracket = open.at(-1);
        if (bracket === undefined) return fail('the end of the text');
        if (close(bracket === '{' ? '}' : ']')) return undefined;
        if (text[offset] !== ',') return fail(bracket === '{' ? '"," or "}"' : '"," or "]"');
        offset += 1;
        expected = bracket === '{' ? 'key' : 'value';
        return undefined;
      }
      default:
        return expected satisfies never;
    }
  }

  function isDone(): boolean {
    take(whitespace);
    return expected === 'after-value' && open.length === 0 && offset >= text.length;
  }

  while (!isDone()) {
    const failure = takeNext();
    if (failure !== undefined) return failure;
  }
  return undefined;
}
