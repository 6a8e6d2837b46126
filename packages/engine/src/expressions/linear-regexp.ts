import { RE2JS } from 're2js';

const compiledPatterns = new WeakMap<RegExp, RE2JS>();

/**
 * Stands in for RegExp inside JSONata: the same exec and lastIndex of a global pattern, in time linear in the text (RE2), so that no
 * text from a message can block the engine.
 */
export class LinearRegExp {
  lastIndex = 0;
  readonly #pattern: RE2JS;

  constructor(source: RegExp) {
    this.#pattern = compileLinearPattern(source);
  }

  exec(text: unknown): LinearMatch | null {
    const input = String(text);
    const from = Number.isInteger(this.lastIndex) && this.lastIndex > 0 ? this.lastIndex : 0;
    const matcher = this.#pattern.matcher(input);
    if (from > input.length || !matcher.find(from)) {
      this.lastIndex = 0;
      return null;
    }
    const groups: (string | undefined)[] = [];
    for (let group = 0; group <= matcher.groupCount(); group += 1) groups.push(matcher.group(group) ?? undefined);
    this.lastIndex = matcher.end();
    return Object.assign(groups, { index: matcher.start() });
  }
}

type LinearMatch = (string | undefined)[] & { readonly index: number };

/**
 * @throws Error of re2js for what a linear engine cannot do: look-ahead, back references.
 */
export function compileLinearPattern(source: RegExp): RE2JS {
  const known = compiledPatterns.get(source);
  if (known !== undefined) return known;
  const flags =
    (source.flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (source.flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (source.flags.includes('s') ? RE2JS.DOTALL : 0);
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source.source), flags);
  compiledPatterns.set(source, pattern);
  return pattern;
}
