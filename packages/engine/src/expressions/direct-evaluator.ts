import { isJsonObject, type JsonValue } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import type { ExpressionScope } from './compiled-config.ts';
import { compileDirectCall } from './direct-call.ts';
import { applyOperator } from './direct-operators.ts';
import { bailed, type DirectEvaluator } from './direct-result.ts';
import { type AstNode, isAstNode, nodesOf, pairsOf } from './expression-ast.ts';
import { isTruthy } from './native-values.ts';
import { forbiddenKeys } from './plain-json.ts';

/**
 * Compiles the commonest expressions to closures that give the answers of the interpreter without a promise and many times faster.
 *
 * @returns undefined when the expression has anything that only the interpreter can do.
 */
export function compileDirect(ast: AstNode, { clock }: { readonly clock: Clock }): DirectEvaluator | undefined {
  const evaluate = compileNode(ast, clock);
  if (evaluate === undefined) return undefined;
  // A list as the message is a sequence for the interpreter.
  return (scope) => (Array.isArray(scope.message) ? bailed : evaluate(scope));
}

function compileNode(node: unknown, clock: Clock): DirectEvaluator | undefined {
  if (!isAstNode(node) || hasExtras(node)) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return compileLiteral(node.value);
    case 'variable':
      return compileVariable(node);
    case 'path':
      return compilePath(nodesOf(node.steps));
    case 'block': {
      const [only, ...more] = nodesOf(node.expressions);
      return more.length === 0 ? compileNode(only, clock) : undefined;
    }
    case 'binary': {
      const left = compileNode(node.lhs, clock);
      const right = compileNode(node.rhs, clock);
      return left === undefined || right === undefined ? undefined : applyOperator(String(node.value), left, right);
    }
    case 'condition':
      return compileCondition(node, clock);
    case 'unary':
      if (node.value === '{') return compileObject(node, clock);
      return node.value === '[' ? compileList(node, clock) : undefined;
    case 'function':
      return compileDirectCall(node, (argument) => compileNode(argument, clock), clock);
    default:
      return undefined;
  }
}

/** Predicates, groupings, bindings of a step, `[]`: all for the interpreter. */
function hasExtras(node: AstNode): boolean {
  return (
    node.predicate !== undefined ||
    node.stages !== undefined ||
    node.group !== undefined ||
    node.focus !== undefined ||
    node.tuple !== undefined ||
    node.ancestor !== undefined ||
    node.keepArray === true ||
    node.keepSingletonArray === true ||
    node.seekingParent !== undefined
  );
}

function compileLiteral(value: unknown): DirectEvaluator | undefined {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return () => value;
}

function compileVariable(node: AstNode): DirectEvaluator | undefined {
  switch (node.value) {
    case '':
    case '$':
      return ({ message }) => message;
    case 'inputs':
      return ({ trigger }) => trigger.inputs;
    default:
      return undefined;
  }
}

interface PathStep {
  readonly key: string;
  /** Position in a list, from its end when negative. */
  readonly index: number | undefined;
}

function compilePath(steps: readonly AstNode[]): DirectEvaluator | undefined {
  const [first, second, ...others] = steps;
  if (first === undefined) return undefined;
  if (first.type === 'name') return compileWalk(steps, ({ message }) => message);
  if (first.type !== 'variable' || hasExtras(first)) return undefined;
  const rest = steps.slice(1);
  switch (first.value) {
    case '':
    case '$':
      return compileWalk(rest, ({ message }) => message);
    case 'inputs':
      return compileWalk(rest, ({ trigger }) => trigger.inputs);
    case 'steps': {
      const name = second?.type === 'name' && !hasExtras(second) ? String(second.value) : undefined;
      return name === undefined ? undefined : compileWalk(others, ({ steps: outputOf }) => outputOf(name));
    }
    case 'trigger':
      return second?.type === 'name' && !hasExtras(second) ? compileTriggerWalk(String(second.value), others) : undefined;
    default:
      return undefined;
  }
}

function compileTriggerWalk(property: string, rest: readonly AstNode[]): DirectEvaluator | undefined {
  switch (property) {
    case 'kind':
    case 'destination':
    case 'messageId':
    case 'headers':
    case 'body':
    case 'functionName':
    case 'ruleName':
    case 'inputs':
    case 'receivedAtMs':
      return compileWalk(rest, ({ trigger }) => trigger[property]);
    default:
      return undefined;
  }
}

function compileWalk(nodes: readonly AstNode[], start: (scope: ExpressionScope) => JsonValue | undefined): DirectEvaluator | undefined {
  const steps: PathStep[] = [];
  for (const node of nodes) {
    const step = readStep(node);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return (scope) => {
    let value = start(scope);
    for (const { key, index } of steps) {
      if (Array.isArray(value)) return bailed;
      value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
      if (index !== undefined) {
        value = takeItem(value, index);
        if (Array.isArray(value)) return bailed;
      }
      if (value === undefined) return undefined;
    }
    return value;
  };
}

/** A single value counts as a list of one. */
function takeItem(value: JsonValue | undefined, index: number): JsonValue | undefined {
  if (!Array.isArray(value)) return index === 0 || index === -1 ? value : undefined;
  return value[index < 0 ? value.length + index : index];
}

function readStep(node: AstNode): PathStep | undefined {
  if (node.type !== 'name') return undefined;
  const { stages, ...plain } = node;
  if (hasExtras(plain)) return undefined;
  const key = String(node.value);
  if (stages === undefined) return { key, index: undefined };
  const [only, ...more] = nodesOf(stages);
  if (only?.type !== 'filter' || more.length > 0 || !('expr' in only) || !isAstNode(only.expr)) return undefined;
  const { expr } = only;
  return expr.type === 'number' && typeof expr.value === 'number' ? { key, index: Math.floor(expr.value) } : undefined;
}

function compileCondition(node: AstNode, clock: Clock): DirectEvaluator | undefined {
  const condition = compileNode(node.condition, clock);
  const whenTrue = compileNode(node.then, clock);
  const whenFalse = node.else === undefined ? () => undefined : compileNode(node.else, clock);
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return undefined;
  return (scope) => {
    const value = condition(scope);
    if (value === bailed) return bailed;
    return isTruthy(value) ? whenTrue(scope) : whenFalse(scope);
  };
}

function compileObject(node: AstNode, clock: Clock): DirectEvaluator | undefined {
  const parts = new Map<string, DirectEvaluator>();
  const pairs = pairsOf(node.lhs);
  for (const [key, value] of pairs) {
    const name = key.type === 'string' && typeof key.value === 'string' ? key.value : undefined;
    const evaluate = compileNode(value, clock);
    if (name === undefined || forbiddenKeys.has(name) || name.startsWith('_jsonata_') || evaluate === undefined) return undefined;
    parts.set(name, evaluate);
  }
  // The same key twice is an error that the interpreter words.
  if (parts.size !== pairs.length) return undefined;
  const entries = [...parts];
  return (scope) => {
    const result: Record<string, JsonValue> = {};
    for (const [key, evaluate] of entries) {
      const value = evaluate(scope);
      if (value === bailed) return bailed;
      if (value !== undefined) result[key] = value;
    }
    return result;
  };
}

function compileList(node: AstNode, clock: Clock): DirectEvaluator | undefined {
  const parts: { evaluate: DirectEvaluator; isList: boolean }[] = [];
  for (const item of nodesOf(node.expressions)) {
    const evaluate = compileNode(item, clock);
    if (evaluate === undefined) return undefined;
    parts.push({ evaluate, isList: item.type === 'unary' && item.value === '[' });
  }
  return (scope) => {
    const result: JsonValue[] = [];
    for (const { evaluate, isList } of parts) {
      const value = evaluate(scope);
      if (value === bailed) return bailed;
      if (value === undefined) continue;
      if (Array.isArray(value) && !isList) result.push(...value);
      else result.push(value);
    }
    return result;
  };
}
