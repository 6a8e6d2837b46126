/** A piece of an expression. Names are plain, in back quotes or, where a path goes on, a text. */
export interface ExpressionToken {
  readonly kind: 'name' | 'variable' | 'value' | 'operator' | 'end';
  /** A name without its quotes, a variable without its `$`, else as it is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What follows is joined to it by an operator, so a slash divides and begins no pattern. */
  readonly endsOperand: boolean;
}

const blank = /(?:[ \t\n\r\v]+|\/\*[\s\S]*?\*\/)*/y;
const operatorToken = /\.\.|:=|!=|>=|<=|\*\*|~>|\?:|\?\?|[.[\]{}(),@#;:?+\-*/%|=<>^&!~]/y;
const numberToken = /(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const doubleQuoted = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y;
const singleQuoted = /'[^'\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^'\\]*)*'/y;
const quotedName = /`[^`]*`/y;
const wordToken = /[^ \t\n\r\v.[\]{}(),@#;:?+\-*/%|=<>^&!~]+/y;
const operandEnds: ReadonlySet<string> = new Set([')', ']', '}']);
/** Of these the first means a wildcard or the parent where a value is expected. */
const wildcards: ReadonlySet<string> = new Set(['*', '**', '%']);
const wordOperators: ReadonlySet<string> = new Set(['and', 'or', 'in']);
const wordValues: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/**
 * The token of a JSONata expression at a place; undefined where none begins. This cuts as the tokenizer of JSONata does and knows no
 * more of the grammar: whoever wants to know whether an expression is one asks JSONata.
 */
export function readToken(text: string, position: number, isAfterOperand: boolean): ExpressionToken | undefined {
  const start = match(blank, text, position) ?? position;
  if (start >= text.length) return { kind: 'end', text: '', start, end: start, endsOperand: false };
  if (text.startsWith('/*', start)) return undefined;
  if (text[start] === '/' && !isAfterOperand) return readPattern(text, start);

  const token = (kind: ExpressionToken['kind'], content: string, end: number, endsOperand: boolean): ExpressionToken => ({
    kind,
    text: content,
    start,
    end,
    endsOperand,
  });
  const operatorEnd = match(operatorToken, text, start);
  if (operatorEnd !== undefined) {
    const operator = text.slice(start, operatorEnd);
    return token('operator', operator, operatorEnd, operandEnds.has(operator) || (wildcards.has(operator) && !isAfterOperand));
  }
  if (text[start] === '"' || text[start] === "'") {
    const end = match(text[start] === '"' ? doubleQuoted : singleQuoted, text, start);
    return end === undefined ? undefined : token('name', unescapeText(text.slice(start + 1, end - 1)), end, true);
  }
  const numberEnd = match(numberToken, text, start);
  if (numberEnd !== undefined) return token('value', text.slice(start, numberEnd), numberEnd, true);
  if (text[start] === '`') {
    const end = match(quotedName, text, start);
    return end === undefined ? undefined : token('name', text.slice(start + 1, end - 1), end, true);
  }
  const end = match(wordToken, text, start);
  if (end === undefined) return undefined;
  const word = text.slice(start, end);
  if (word.startsWith('$')) return token('variable', word.slice(1), end, true);
  if (isAfterOperand && wordOperators.has(word)) return token('operator', word, end, false);
  return token(wordValues.has(word) ? 'value' : 'name', word, end, true);
}

/** A regular expression: it ends at the first slash that is neither escaped nor in brackets. */
function readPattern(text: string, start: number): ExpressionToken | undefined {
  let depth = 0;
  for (let position = start + 1; position < text.length; position += 1) {
    const unit = text[position] ?? '';
    if (unit === '\\') position += 1;
    else if ('([{'.includes(unit)) depth += 1;
    else if (')]}'.includes(unit)) depth -= 1;
    else if (unit === '/' && depth === 0) {
      const end = match(/[im]*/y, text, position + 1) ?? position + 1;
      return { kind: 'value', text: text.slice(start, end), start, end, endsOperand: true };
    }
  }
  return undefined;
}

/** Where the token ends that begins at this place. */
function match(pattern: RegExp, text: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescapeText(content: string): string {
  return content.replaceAll(/\\(?:u(.{4})|(.))/gs, (_, code: string | undefined, unit: string) =>
    code === undefined ? (escapes[unit] ?? unit) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
