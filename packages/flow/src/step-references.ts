import { isJsonObject } from '@wirebook/errors';
import { readToken } from './expression-token.ts';

/** What the nodes that expressions read under `$steps` are called from now on, by the names that they had. All at once: names may be swapped. */
export type StepRenames = ReadonlyMap<string, string>;

/**
 * The config with other names behind `$steps.` in all its `$expr` and `$template`. All else is text to us and stays as it is: literals,
 * scripts, and what stands behind the place where an expression stops being one. The config itself when no name is in it.
 */
export function renameSteps<Value>(config: Value, renames: StepRenames): Value;
export function renameSteps(value: unknown, renames: StepRenames): unknown {
  if (Array.isArray(value)) return keepIfEqual(value, mapItems(value, renames));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && typeof only[1] === 'string') {
    const [key, text] = only;
    const renamed = key === '$expr' ? renameInExpression(text, renames) : key === '$template' ? renameInTemplate(text, renames) : undefined;
    if (renamed !== undefined) return renamed === text ? value : { [key]: renamed };
  }
  const inner = entries.map(([, item]) => renameSteps(item, renames));
  return entries.every(([, item], index) => item === inner[index])
    ? value
    : Object.fromEntries(entries.map(([key], index) => [key, inner[index]]));
}

function mapItems(items: readonly unknown[], renames: StepRenames): unknown[] {
  return items.map((item) => renameSteps(item, renames));
}

function keepIfEqual(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return before.every((item, index) => item === after[index]) ? before : after;
}

function renameInExpression(text: string, renames: StepRenames): string {
  return replacePlaces(text, findStepNames(text, 0, false).names, renames);
}

/** Each `{{ expression }}` ends at the first `}}` that is in no text, name or object of the expression. */
function renameInTemplate(text: string, renames: StepRenames): string {
  const names: StepName[] = [];
  for (let open = text.indexOf('{{'); open !== -1; ) {
    const found = findStepNames(text, open + 2, true);
    names.push(...found.names);
    open = text.indexOf('{{', found.end ?? open + 2);
  }
  return replacePlaces(text, names, renames);
}

/** A name behind `$steps.`, and where it stands. */
interface StepName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface Scan {
  readonly names: readonly StepName[];
  /** Where the text goes on behind the expression; undefined when it stops being one before it ends. */
  readonly end: number | undefined;
}

function findStepNames(text: string, start: number, inTemplate: boolean): Scan {
  const names: StepName[] = [];
  let position = start;
  let depth = 0;
  let isAfterOperand = false;
  /** How much of `$steps` `.` was there just now. */
  let matched: 0 | 1 | 2 = 0;
  for (;;) {
    const token = readToken(text, position, isAfterOperand);
    if (token === undefined) return { names, end: undefined };
    if (token.kind === 'end') return { names, end: inTemplate ? undefined : token.end };
    if (inTemplate && depth === 0 && text.startsWith('}}', token.start)) return { names, end: token.start + 2 };
    if (token.kind === 'operator') {
      if (token.text === '{') depth += 1;
      if (token.text === '}') depth -= 1;
    }
    if (matched === 2 && token.kind === 'name') names.push({ name: token.text, start: token.start, end: token.end });
    if (token.kind === 'variable' && token.text === 'steps') matched = 1;
    else matched = matched === 1 && token.kind === 'operator' && token.text === '.' ? 2 : 0;
    isAfterOperand = token.endsOperand;
    position = token.end;
  }
}

function replacePlaces(text: string, names: readonly StepName[], renames: StepRenames): string {
  let result = '';
  let position = 0;
  for (const { name, start, end } of names) {
    const renamed = renames.get(name);
    if (renamed === undefined) continue;
    result += text.slice(position, start) + quoteName(renamed);
    position = end;
  }
  return result + text.slice(position);
}

/** These would not be read as names. */
const words: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** The name as an expression writes it: plain, else in back quotes, else as a text. */
function quoteName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !words.has(name)) return name;
  return name.includes('`') ? JSON.stringify(name) : `\`${name}\``;
}
