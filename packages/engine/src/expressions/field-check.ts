import { isJsonObject, type JsonValue } from '@wirebook/errors';
import { describeTypes } from '@wirebook/flow';
import type { ConfigField } from '@wirebook/node-kit';
import { compileLinearPattern } from './linear-regexp.ts';

export interface FieldProblem {
  /** Below the field, e.g. `headers[2].name`; empty for the field itself. */
  readonly path: string;
  /** In words, e.g. `a whole number of at least 1`. */
  readonly expected: string;
  readonly got: JsonValue | undefined;
}

/** What is wrong with a value for a field, or undefined. The first problem only. */
export function findFieldProblem(value: JsonValue, field: ConfigField, path = ''): FieldProblem | undefined {
  if (!hasType(value, field.type)) return { path, expected: describeField(field), got: value };
  if (field.enum !== undefined && !field.enum.some((allowed) => allowed === value)) {
    return { path, expected: describeField(field), got: value };
  }
  if (typeof value === 'number') return isInRange(value, field) ? undefined : { path, expected: describeField(field), got: value };
  if (typeof value === 'string') return isText(value, field) ? undefined : { path, expected: describeField(field), got: value };
  if (Array.isArray(value)) return findListProblem(value, field, path);
  return isJsonObject(value) ? findObjectProblem(value, field, path) : undefined;
}

function hasType(value: JsonValue, type: ConfigField['type']): boolean {
  switch (type) {
    case undefined:
      return true;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    default:
      return typeof value === type;
  }
}

function isInRange(value: number, { minimum, maximum }: ConfigField): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}

function isText(value: string, { minLength, maxLength, pattern }: ConfigField): boolean {
  if (minLength !== undefined && (value.length < minLength || [...value].length < minLength)) return false;
  if (maxLength !== undefined && value.length > maxLength && [...value].length > maxLength) return false;
  return pattern === undefined || compilePattern(pattern).test(value);
}

const patterns = new Map<string, { test(value: string): boolean }>();

function compilePattern(source: string): { test(value: string): boolean } {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  const compiled = compileLinearPattern(new RegExp(source, 'u'));
  patterns.set(source, compiled);
  return compiled;
}

function findListProblem(value: readonly JsonValue[], field: ConfigField, path: string): FieldProblem | undefined {
  const { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field;
  if (value.length < minItems || value.length > maxItems) return { path, expected: describeField(field), got: value };
  if (items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = findFieldProblem(item, items, `${path}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findObjectProblem(value: { readonly [key: string]: JsonValue }, field: ConfigField, path: string): FieldProblem | undefined {
  const { properties = {}, required = [], additionalProperties = true } = field;
  for (const key of required) {
    if (!Object.hasOwn(value, key)) return { path: joinPath(path, key), expected: describeField(properties[key] ?? {}), got: undefined };
  }
  for (const [key, child] of Object.entries(value)) {
    const childField = findPropertyField(field, key);
    if (childField === undefined) {
      const known = Object.keys(properties).join(', ');
      return { path: joinPath(path, key), expected: `no such key (there are: ${known})`, got: child };
    }
    const problem =
      additionalProperties === true && !Object.hasOwn(properties, key)
        ? undefined
        : findFieldProblem(child, childField, joinPath(path, key));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The schema of a key of an object field; undefined when the key is not allowed. */
export function findPropertyField({ properties, additionalProperties }: ConfigField, key: string): ConfigField | undefined {
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  if (additionalProperties === false) return undefined;
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** In words what a field takes. */
export function describeField(field: ConfigField): string {
  if (field.enum !== undefined) return `one of ${field.enum.map((allowed) => JSON.stringify(allowed)).join(', ')}`;
  const bounds = [
    field.minimum === undefined ? '' : `at least ${field.minimum}`,
    field.maximum === undefined ? '' : `at most ${field.maximum}`,
    field.minLength === undefined ? '' : `at least ${field.minLength} characters`,
    field.maxLength === undefined ? '' : `at most ${field.maxLength} characters`,
    field.minItems === undefined ? '' : `at least ${field.minItems} items`,
    field.maxItems === undefined ? '' : `at most ${field.maxItems} items`,
    field.pattern === undefined ? '' : `matching ${field.pattern}`,
  ].filter((bound) => bound !== '');
  const word = field.type === undefined ? 'a value' : describeTypes([field.type]);
  return bounds.length === 0 ? word : `${word}, ${bounds.join(', ')}`;
}

/** A value as messages show it: short, with its kind. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  if (value === null || typeof value === 'boolean') return shown;
  const kind = Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value;
  return `${shown} (${kind})`;
}
