import { findValueSwitchKind, type ValueSwitchKind } from '@wirebook/node-kit';

/** The ways in which a field that takes expressions can be filled in. */
export type ValueForm = 'literal' | 'expression' | 'template' | 'secret' | 'environment';

export const valueForms: readonly ValueForm[] = ['literal', 'expression', 'template', 'secret', 'environment'];

type WrittenForm = Exclude<ValueForm, 'literal'>;

const keyOf: Readonly<Record<WrittenForm, ValueSwitchKind>> = {
  expression: '$expr',
  template: '$template',
  secret: '$secret',
  environment: '$env',
};

/** The form that a value of a config is in; nothing is a literal. */
export function formOf(value: unknown): ValueForm {
  const kind = findValueSwitchKind(value);
  return valueForms.find((form) => form !== 'literal' && keyOf[form] === kind) ?? 'literal';
}

/** The text behind `$expr` and its like; empty for a literal. */
export function writtenText(value: unknown): string {
  const kind = findValueSwitchKind(value);
  const text: unknown = kind === undefined || typeof value !== 'object' || value === null ? undefined : Reflect.get(value, kind);
  return typeof text === 'string' ? text : '';
}

export function writeValue(form: WrittenForm, text: string): Readonly<Record<string, string>> {
  return { [keyOf[form]]: text };
}

/** What was typed in each form while the field is open; a form that was not used is missing. */
export type FormTexts = Readonly<Partial<Record<ValueForm, unknown>>>;

export interface FormChange {
  readonly value: unknown;
  readonly texts: FormTexts;
}

/**
 * Brings the value into another form. What was typed in the form that is left stays in `texts` and comes back with it; a form that is
 * taken for the first time begins with the same content as far as it can say it.
 */
export function switchForm(value: unknown, texts: FormTexts, target: ValueForm): FormChange {
  const present = formOf(value);
  if (present === target) return { value, texts };
  const kept: FormTexts = { ...texts, [present]: present === 'literal' ? value : writtenText(value) };
  if (target === 'literal') return { value: 'literal' in kept ? kept.literal : toLiteral(present, value), texts: kept };
  const remembered = kept[target];
  const text = typeof remembered === 'string' ? remembered : translate(present, value, target);
  return { value: writeValue(target, text), texts: kept };
}

/** `=` at the head of a literal field that was empty means an expression; undefined when that was not typed. */
export function readEqualsSign(before: unknown, typed: string): string | undefined {
  const wasEmpty = before === undefined || before === '';
  return wasEmpty && typed.startsWith('=') ? typed.slice(1) : undefined;
}

function translate(from: ValueForm, value: unknown, target: WrittenForm): string {
  const text = writtenText(value);
  if (target === 'expression') {
    if (from === 'literal') return value === undefined || value === '' ? '' : JSON.stringify(value);
    if (from === 'template') return readOnlyExpression(text) ?? (text === '' ? '' : JSON.stringify(text));
  }
  if (target === 'template') {
    if (from === 'literal') return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    if (from === 'expression') return text.trim() === '' ? '' : `{{ ${text.trim()} }}`;
  }
  return '';
}

function toLiteral(from: ValueForm, value: unknown): unknown {
  const text = writtenText(value);
  return from === 'template' && text !== '' && !text.includes('{{') ? text : undefined;
}

/** The expression of a template that is nothing else. */
function readOnlyExpression(template: string): string | undefined {
  const [, inner] = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(template) ?? [];
  return inner === undefined || inner.includes('{{') ? undefined : inner.trim();
}
