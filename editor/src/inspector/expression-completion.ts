import { toExpressionPath } from '../trace/json-path.ts';
import type { ExpressionScope, ScopeName } from './expression-scope.ts';
import { expressionFunctions } from './jsonata-functions.ts';

/** Something that can be put in the place of what stands before the caret. */
export interface Completion {
  /** What is shown. */
  readonly label: string;
  readonly detail: string;
  /** What is written. */
  readonly insert: string;
  /** How many characters back from the end of `insert` the caret comes to stand. */
  readonly caretBack: number;
  readonly kind: 'variable' | 'name' | 'function';
}

export interface CompletionList {
  /** Where the text begins that is replaced, up to the caret. */
  readonly from: number;
  readonly items: readonly Completion[];
}

const maxItems = 40;
const nothing: CompletionList = { from: 0, items: [] };

/** What may follow before the caret. In a template that is only inside `{{ }}`. */
export function completeExpression(text: string, caret: number, scope: ExpressionScope, isTemplate: boolean): CompletionList {
  const start = isTemplate ? findExpressionStart(text, caret) : 0;
  if (start === undefined) return nothing;
  const before = text.slice(start, caret);
  if (isInQuotes(before)) return nothing;
  const [typed = ''] =
    /(?:\$?[\p{L}_][\p{L}\p{N}_]*|`[^`]*`|\$)?(?:\[\d*\])?(?:\.(?:[\p{L}_][\p{L}\p{N}_]*|`[^`]*`?)?(?:\[\d*\])?)*$/u.exec(before) ?? [];
  const steps = splitPath(typed);
  const last = steps.at(-1);
  if (last === undefined) return nothing;
  const from = caret - last.length;
  const parents = steps.slice(0, -1);
  const word = last.replace(/^`/, '').toLowerCase();
  const items = (parents.length === 0 ? listRoots(scope, last) : listMembers(scope, parents)).filter(({ label }) =>
    label.toLowerCase().replace(/^\$/, '').includes(word.replace(/^\$/, '')),
  );
  const ordered = [...items].sort((a, b) => Number(!startsWith(a, last)) - Number(!startsWith(b, last)));
  const isComplete = ordered.length === 1 && ordered[0]?.insert === last;
  return isComplete ? nothing : { from, items: ordered.slice(0, maxItems) };
}

function startsWith({ label, insert }: Completion, word: string): boolean {
  const wanted = word.toLowerCase();
  return label.toLowerCase().startsWith(wanted) || insert.toLowerCase().startsWith(wanted);
}

/** Behind the last `{{` that no `}}` follows. */
function findExpressionStart(text: string, caret: number): number | undefined {
  const open = text.lastIndexOf('{{', Math.max(0, caret - 1));
  if (open === -1 || open + 2 > caret) return undefined;
  return text.slice(open + 2, caret).includes('}}') ? undefined : open + 2;
}

function isInQuotes(text: string): boolean {
  const unquoted = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  return /["']/.test(unquoted);
}

/** `$steps.`Find it`.a` in its parts; the last one is what is being typed. */
function splitPath(path: string): string[] {
  if (path === '') return [''];
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  for (const unit of path) {
    if (unit === '`') isQuoted = !isQuoted;
    if (unit === '.' && !isQuoted) {
      parts.push(part);
      part = '';
    } else {
      part += unit;
    }
  }
  return [...parts, part];
}

function listRoots(scope: ExpressionScope, word: string): Completion[] {
  const variables: Completion[] = [
    toVariable('$steps', 'outputs of earlier nodes'),
    toVariable('$inputs', 'inputs of the function, or activity fields'),
    toVariable('$trigger', 'the action message'),
  ];
  const functions: Completion[] = expressionFunctions.map(({ name, parameters, gives }) => ({
    label: `$${name}`,
    detail: `(${parameters}) ${gives}`,
    insert: `$${name}()`,
    caretBack: parameters === '' ? 0 : 1,
    kind: 'function',
  }));
  const names = listKeys(scope.message, 'in the last message');
  if (word.startsWith('$')) return [...variables, ...functions];
  return word === '' ? [...names, ...variables, ...functions] : [...names, ...variables, ...functions];
}

function toVariable(name: string, detail: string): Completion {
  return { label: name, detail, insert: `${name}.`, caretBack: 0, kind: 'variable' };
}

const triggerNames: readonly ScopeName[] = [
  { name: 'body', detail: 'the decoded message' },
  { name: 'headers', detail: 'headers of the message' },
  { name: 'inputs', detail: 'function inputs or activity fields' },
  { name: 'ruleName', detail: 'name of the rule' },
  { name: 'functionName', detail: 'API name of the function' },
  { name: 'kind', detail: 'function, action, inbound or connector' },
  { name: 'destination', detail: 'message destination' },
  { name: 'messageId', detail: 'id of the message' },
  { name: 'receivedAtMs', detail: 'when it came, in milliseconds' },
];

function listMembers(scope: ExpressionScope, parents: readonly string[]): Completion[] {
  const [root = '', ...path] = parents;
  switch (root) {
    case '$steps':
      return path.length === 0 ? scope.steps.map(toName) : [];
    case '$inputs':
      return path.length === 0
        ? mergeNames(scope.inputs.map(toName), listKeys(scope.recordedInputs, 'in the last run'))
        : listKeys(walk(scope.recordedInputs, path), 'in the last run');
    case '$trigger':
      return path.length === 0
        ? mergeNames(triggerNames.map(toName), listKeys(scope.trigger, 'in the last run'))
        : listKeys(walk(scope.trigger, path), 'in the last run');
    case '$':
      return listKeys(walk(scope.message, path), 'in the last message');
    default:
      return root.startsWith('$') ? [] : listKeys(walk(scope.message, parents), 'in the last message');
  }
}

function mergeNames(known: readonly Completion[], recorded: readonly Completion[]): Completion[] {
  const labels = new Set(known.map(({ label }) => label));
  return [...known, ...recorded.filter(({ label }) => !labels.has(label))];
}

function toName({ name, detail }: ScopeName): Completion {
  return { label: name, detail, insert: quoteName(name), caretBack: 0, kind: 'name' };
}

/** A name as an expression writes it behind a dot. */
function quoteName(name: string): string {
  return toExpressionPath('', [name]).replace(/^\$\./, '');
}

function listKeys(value: unknown, detail: string): Completion[] {
  const item: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
  return Object.keys(item).map((name) => toName({ name, detail }));
}

/** As expressions do, a name reaches into the items of a list. */
function walk(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const step of path) {
    const name = step.replace(/\[\d*\]$/, '').replaceAll('`', '');
    const item: unknown = Array.isArray(current) ? current[0] : current;
    if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return undefined;
    current = Reflect.get(item, name);
  }
  return current;
}
