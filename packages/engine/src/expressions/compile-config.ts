import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigField, findValueSwitchKind } from '@wirebook/node-kit';
import type { CompileConfigOptions, CompiledConfig, ExpressionScope } from './compiled-config.ts';
import { describeField, describeValue, findFieldProblem, findPropertyField, joinPath } from './field-check.ts';
import { findLiteralDefault, isJson, normaliseValue } from './normalise-value.ts';
import { forbiddenKeys, freezeJson } from './plain-json.ts';
import { compileSource } from './value-source.ts';

/** A part of the config: ready, or with slots that are computed for each message. */
type Plan =
  | { readonly kind: 'fixed'; readonly value: JsonValue }
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'object'; readonly fixed: JsonObject; readonly parts: readonly (readonly [string, Plan])[] }
  | { readonly kind: 'list'; readonly items: readonly Plan[]; readonly minItems: number; readonly place: string };

interface Slot {
  readonly place: string;
  readonly label: string;
  readonly field: ConfigField;
  readonly isRequired: boolean;
  /** Stands in when nothing comes. */
  readonly fallback: JsonValue | undefined;
  readonly evaluate: (scope: ExpressionScope) => JsonValue | undefined | Promise<JsonValue | undefined>;
}

/** One field on the way down through config and schema. */
interface FieldPlace {
  readonly field: ConfigField;
  readonly path: string;
  readonly isRequired: boolean;
  /** The field, or one above it, takes the value switch. */
  readonly takesSwitch: boolean;
}

/**
 * Compiles the config of a node.
 *
 * @throws FLOW_EXPRESSION_INVALID naming field and position, FLOW_EXPRESSION_NOT_ANCESTOR, FLOW_NODE_CONFIG_INVALID (also for a secret
 * or a variable of the environment that is not there).
 */
export function compileConfig(options: CompileConfigOptions): CompiledConfig {
  const compiler = createCompiler(options);
  const plan = compiler.plan(options.config, { field: options.schema, path: '', isRequired: true, takesSwitch: false });
  const { slots, secretsUsed } = compiler;
  if (plan.kind === 'fixed') {
    if (!isJsonObject(plan.value)) throw new WirebookError('ENGINE_INVARIANT_BROKEN', `the config of "${options.nodeName}" is no object`);
    const fixed = freezeJson(plan.value);
    return { fixed, evaluate: () => fixed, secretsUsed };
  }
  const assembleConfig = (values: readonly (JsonValue | undefined)[]): JsonObject => {
    const config = assemble(plan, values);
    if (!isJsonObject(config)) throw new WirebookError('ENGINE_INVARIANT_BROKEN', `the config of "${options.nodeName}" is no object`);
    return config;
  };
  return { fixed: undefined, evaluate: (scope) => evaluateSlots(slots, scope, assembleConfig), secretsUsed };
}

function evaluateSlots(
  slots: readonly Slot[],
  scope: ExpressionScope,
  assembleConfig: (values: readonly (JsonValue | undefined)[]) => JsonObject,
): JsonObject | Promise<JsonObject> {
  const values: (JsonValue | undefined)[] = [];
  const waiting: Promise<void>[] = [];
  for (const [index, slot] of slots.entries()) {
    const value = slot.evaluate(scope);
    if (value instanceof Promise) {
      waiting.push(
        value.then((settled) => {
          values[index] = finish(slot, settled);
        }),
      );
      continue;
    }
    try {
      values[index] = finish(slot, value);
    } catch (error) {
      if (waiting.length === 0) throw error;
      // The ones on the way may fail too, and nobody else waits for them.
      return Promise.allSettled(waiting).then(() => Promise.reject(error));
    }
  }
  return waiting.length === 0 ? assembleConfig(values) : Promise.all(waiting).then(() => assembleConfig(values));
}

function finish({ field, fallback, isRequired, label, place }: Slot, computed: JsonValue | undefined): JsonValue | undefined {
  const value = normaliseValue(computed, field) ?? fallback;
  if (value === undefined) {
    if (!isRequired) return undefined;
    throw new WirebookError(
      'FLOW_EXPRESSION_FAILED',
      `${place}: expected ${describeField(field)}, got ${describeValue(computed)} from ${label}`,
    );
  }
  const problem = findFieldProblem(value, field);
  if (problem === undefined) return value;
  const where = problem.path === '' ? '' : ` at "${problem.path}"`;
  throw new WirebookError(
    'NODE_INPUT_INVALID',
    `${place}: expected ${problem.expected}${where}, got ${describeValue(problem.got)} from ${label}`,
  );
}

function assemble(plan: Plan, values: readonly (JsonValue | undefined)[]): JsonValue | undefined {
  switch (plan.kind) {
    case 'fixed':
      return plan.value;
    case 'slot':
      return values[plan.slot];
    case 'object': {
      const object: Record<string, JsonValue> = { ...plan.fixed };
      for (const [key, part] of plan.parts) {
        const value = assemble(part, values);
        if (value !== undefined) object[key] = value;
      }
      return object;
    }
    case 'list': {
      const list = plan.items.map((item) => assemble(item, values)).filter((item) => item !== undefined);
      if (list.length < plan.minItems) {
        throw new WirebookError('NODE_INPUT_INVALID', `${plan.place}: expected at least ${plan.minItems} items, got ${list.length}`);
      }
      return list;
    }
    default:
      return plan satisfies never;
  }
}

interface Compiler {
  readonly plan: (value: JsonValue, at: FieldPlace) => Plan;
  readonly slots: readonly Slot[];
  readonly secretsUsed: readonly string[];
}

function createCompiler(options: CompileConfigOptions): Compiler {
  const slots: Slot[] = [];
  const secretsUsed: string[] = [];
  const placeOf = (path: string): string => `node "${options.nodeName}": field "${path}"`;
  const refuse = (path: string, text: string): WirebookError =>
    new WirebookError('FLOW_NODE_CONFIG_INVALID', path === '' ? `node "${options.nodeName}": ${text}` : `${placeOf(path)}: ${text}`);

  const planSwitch = (value: JsonObject, at: FieldPlace): Plan | undefined => {
    const kind = findValueSwitchKind(value);
    const text = kind === undefined ? undefined : value[kind];
    if (kind === undefined || typeof text !== 'string') return undefined;
    if (!at.takesSwitch) {
      if (at.field.type === undefined) return undefined;
      throw refuse(at.path, `it takes no ${kind}; write ${describeField(at.field)}`);
    }
    const place = placeOf(at.path);
    const source = compileSource(kind, text, { options, place, field: at.field });
    if (source.kind === 'computed') {
      const { field, isRequired } = at;
      slots.push({ place, label: source.label, field, isRequired, fallback: findLiteralDefault(field), evaluate: source.evaluate });
      return { kind: 'slot', slot: slots.length - 1 };
    }
    if (source.secretName !== undefined && !secretsUsed.includes(source.secretName)) secretsUsed.push(source.secretName);
    const fixed = normaliseValue(source.value, at.field) ?? source.value;
    if (kind === '$template') return planLiteral(fixed, at);
    const problem = findFieldProblem(fixed, at.field);
    // The value itself is never shown: it may be a password.
    if (problem !== undefined) throw refuse(at.path, `expected ${problem.expected}; what ${kind} "${text}" holds is something else`);
    return { kind: 'fixed', value: fixed };
  };

  const planLiteral = (value: JsonValue, { field, path }: FieldPlace): Plan => {
    const problem = findFieldProblem(value, field);
    if (problem === undefined) return { kind: 'fixed', value };
    const full = problem.path.startsWith('[') ? path + problem.path : problem.path === '' ? path : joinPath(path, problem.path);
    throw refuse(full, `expected ${problem.expected}, got ${describeValue(problem.got)}`);
  };

  const planObject = (value: JsonObject, at: FieldPlace): Plan => {
    const { field, path } = at;
    if (field.type !== undefined && field.type !== 'object') return planLiteral(value, at);
    const required = field.required ?? [];
    const fixed: Record<string, JsonValue> = {};
    const parts: [string, Plan][] = [];
    const add = (key: string, child: JsonValue | undefined, childField: ConfigField): void => {
      const childPath = joinPath(path, key);
      if (forbiddenKeys.has(key)) throw refuse(childPath, `"${key}" cannot be a key`);
      const isRequired = required.includes(key);
      const given = child === null && childField.type !== undefined ? undefined : child;
      const chosen =
        given ?? (isJson(childField.default) ? childField.default : childField['x-list'] === true && !isRequired ? [] : undefined);
      if (chosen === undefined) {
        if (isRequired) throw refuse(childPath, `it is missing; write ${describeField(childField)}`);
        return;
      }
      const part = plan(chosen, { field: childField, path: childPath, isRequired, takesSwitch: at.takesSwitch });
      if (part.kind === 'fixed') fixed[key] = part.value;
      else parts.push([key, part]);
    };
    for (const [key, child] of Object.entries(value)) {
      const childField = findPropertyField(field, key);
      if (childField === undefined) {
        throw refuse(joinPath(path, key), `there is no such field; there are: ${Object.keys(field.properties ?? {}).join(', ')}`);
      }
      add(key, child, childField);
    }
    for (const [key, childField] of Object.entries(field.properties ?? {})) {
      if (!Object.hasOwn(value, key)) add(key, undefined, childField);
    }
    return parts.length === 0 ? { kind: 'fixed', value: fixed } : { kind: 'object', fixed, parts };
  };

  const planList = (value: readonly JsonValue[], at: FieldPlace): Plan => {
    const { field, path } = at;
    const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field;
    if (field.type !== undefined && field.type !== 'array') return planLiteral(value, at);
    if (value.length < minItems || value.length > maxItems) {
      throw refuse(path, `expected ${describeField(field)}, got ${value.length} items`);
    }
    const plans = value.map((item, index) =>
      plan(item, { field: items, path: `${path}[${index}]`, isRequired: false, takesSwitch: at.takesSwitch }),
    );
    const fixed = plans.flatMap((item) => (item.kind === 'fixed' ? [item.value] : []));
    if (fixed.length === plans.length) return { kind: 'fixed', value: fixed };
    return { kind: 'list', items: plans, minItems, place: placeOf(path) };
  };

  const plan = (given: JsonValue, at: FieldPlace): Plan => {
    const inner: FieldPlace = at.takesSwitch || at.field['x-expression'] !== true ? at : { ...at, takesSwitch: true };
    const switched = isJsonObject(given) ? planSwitch(given, inner) : undefined;
    if (switched !== undefined) return switched;
    const value = inner.field['x-list'] === true && !Array.isArray(given) ? [given] : given;
    if (Array.isArray(value)) return planList(value, inner);
    return isJsonObject(value) ? planObject(value, inner) : planLiteral(value, inner);
  };

  return { plan, slots, secretsUsed };
}
