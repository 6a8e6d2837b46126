import { isJsonObject } from '@wirebook/errors';
import type { FieldSchema } from './node-type-catalogue.ts';
import { describeTypes, showValue, toFieldPath } from './value-words.ts';

/** What a config breaks of its schema. */
export interface ConfigProblem {
  /** Path of the field, e.g. `cases[2].when`. */
  readonly field: string;
  /** What it must be and what was got; names the field. */
  readonly message: string;
}

/**
 * Checks the config of a node against the schema of its type: an interpreter of the small subset of JSON Schema that configs keep
 * to, because the browser may not make code from text. Expressions themselves are not read here.
 */
export function checkConfig(schema: FieldSchema, config: unknown): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  checkField(schema, config, [], (keys, text) => {
    const field = toFieldPath(keys);
    problems.push({ field, message: `${field === '' ? 'config' : `field "${field}"`} ${text}` });
  });
  return problems;
}

type Report = (keys: readonly string[], text: string) => void;

const switchKeys: ReadonlySet<string> = new Set(['$expr', '$template', '$secret', '$env']);

function checkField(schema: FieldSchema, value: unknown, keys: readonly string[], report: Report): void {
  const switchKey = findSwitchKey(value);
  if (switchKey !== undefined) {
    if (schema['x-expression'] !== true) {
      if (schema.type !== undefined) report(keys, `takes no "${switchKey}"; write the value itself`);
    } else if (!isJsonObject(value) || typeof value[switchKey] !== 'string') {
      report(keys, `must hold text under "${switchKey}", got ${showValue(value)}`);
    }
    return;
  }
  if (!hasType(schema.type, value)) {
    report(
      keys,
      `must be ${describeTypes([schema.type])}${schema['x-expression'] === true ? ' or an expression' : ''}, got ${showValue(value)}`,
    );
    return;
  }
  if (schema.enum !== undefined && !schema.enum.some((allowed) => allowed === value)) {
    report(keys, `must be one of ${schema.enum.map(showValue).join(', ')}, got ${showValue(value)}`);
  }
  if (typeof value === 'number') checkNumber(schema, value, keys, report);
  else if (typeof value === 'string') checkText(schema, value, keys, report);
  else if (Array.isArray(value)) checkList(schema, value, keys, report);
  else if (isJsonObject(value)) checkObject(schema, value, keys, report);
}

/** The one key of an object that is a value switch, or means to be one. */
function findSwitchKey(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && switchKeys.has(key) ? key : undefined;
}

function hasType(type: string | undefined, value: unknown): boolean {
  switch (type) {
    case undefined:
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function checkNumber({ minimum, maximum }: FieldSchema, value: number, keys: readonly string[], report: Report): void {
  if (minimum !== undefined && value < minimum) report(keys, `must be at least ${minimum}, got ${value}`);
  if (maximum !== undefined && value > maximum) report(keys, `must be at most ${maximum}, got ${value}`);
}

function checkText({ minLength, maxLength, pattern }: FieldSchema, value: string, keys: readonly string[], report: Report): void {
  if (minLength !== undefined && value.length < minLength) {
    report(keys, minLength === 1 ? 'must not be empty' : `must have at least ${minLength} characters, it has ${value.length}`);
  }
  if (maxLength !== undefined && value.length > maxLength)
    report(keys, `must have at most ${maxLength} characters, it has ${value.length}`);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) report(keys, `must match ${pattern}, got ${showValue(value)}`);
}

function checkList({ minItems, maxItems, items }: FieldSchema, value: readonly unknown[], keys: readonly string[], report: Report): void {
  if (minItems !== undefined && value.length < minItems) report(keys, `must have at least ${minItems} items, it has ${value.length}`);
  if (maxItems !== undefined && value.length > maxItems) report(keys, `must have at most ${maxItems} items, it has ${value.length}`);
  if (items === undefined) return;
  for (const [index, item] of value.entries()) checkField(items, item, [...keys, String(index)], report);
}

function checkObject(schema: FieldSchema, value: Readonly<Record<string, unknown>>, keys: readonly string[], report: Report): void {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  for (const name of required) {
    const hasDefault = Object.hasOwn(properties, name) && properties[name]?.default !== undefined;
    if (!Object.hasOwn(value, name) && !hasDefault) report([...keys, name], 'is missing');
  }
  for (const [name, inner] of Object.entries(value)) {
    const field = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (typeof field === 'object') checkField(field, inner, [...keys, name], report);
    else if (field === false) report([...keys, name], `is not known here; known are ${Object.keys(properties).join(', ') || 'none'}`);
  }
}
