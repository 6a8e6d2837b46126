import type { Clock } from '@wirebook/node-kit';
import { bailed, type DirectEvaluator, type DirectResult } from './direct-result.ts';
import { type AstNode, isAstNode, nodesOf } from './expression-ast.ts';
import { nativeFunctions } from './native-functions.ts';
import { findSelectLabel } from './select-label.ts';

/** Functions that answer at once from their arguments alone, never with a list. */
const pureNames: ReadonlySet<string> = new Set([
  ...['string', 'length', 'substring', 'substringBefore', 'substringAfter', 'lowercase', 'uppercase', 'trim', 'pad', 'join', 'number'],
  ...['floor', 'ceil', 'round', 'abs', 'boolean', 'not', 'exists', 'count', 'sum', 'max', 'min', 'average', 'type', 'toMillis'],
  ...['fromMillis', 'encodeUrlComponent', 'decodeUrlComponent', 'base64encode', 'base64decode'],
]);

type CompileArgument = (node: AstNode) => DirectEvaluator | undefined;

/** @returns undefined for a call that only the interpreter can make. */
export function compileDirectCall(node: AstNode, compileArgument: CompileArgument, clock: Clock): DirectEvaluator | undefined {
  const { procedure } = node;
  if (!isAstNode(procedure) || procedure.type !== 'variable') return undefined;
  const args: DirectEvaluator[] = [];
  for (const argument of nodesOf(node.arguments)) {
    const compiled = compileArgument(argument);
    if (compiled === undefined) return undefined;
    args.push(compiled);
  }
  const name = String(procedure.value);
  switch (name) {
    case 'label':
      return compileLabel(args);
    case 'contains':
      return compileContains(args);
    case 'millis':
      return args.length === 0 ? () => clock.now() : undefined;
    default:
      return pureNames.has(name) ? compilePureCall(name, args) : undefined;
  }
}

function compilePureCall(name: string, args: readonly DirectEvaluator[]): DirectEvaluator | undefined {
  const native = nativeFunctions.get(name);
  if (native === undefined) return undefined;
  return (scope) => {
    const values: unknown[] = [];
    for (const argument of args) {
      const value = argument(scope);
      if (value === bailed) return bailed;
      values.push(value);
    }
    try {
      const checked = native.signature === undefined ? values : native.signature.validate(values, scope.message);
      return toScalar(Reflect.apply(native.implementation, undefined, checked));
    } catch {
      // The interpreter meets the same error and words it with its position.
      return bailed;
    }
  };
}

function toScalar(value: unknown): DirectResult {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : bailed;
    default:
      return bailed;
  }
}

function compileContains([text, part, ...more]: readonly DirectEvaluator[]): DirectEvaluator | undefined {
  if (text === undefined || part === undefined || more.length > 0) return undefined;
  return (scope) => {
    const textValue = text(scope);
    const partValue = part(scope);
    return typeof textValue === 'string' && typeof partValue === 'string' ? textValue.includes(partValue) : bailed;
  };
}

function compileLabel([field, value, ...more]: readonly DirectEvaluator[]): DirectEvaluator | undefined {
  if (field === undefined || more.length > 0) return undefined;
  return (scope) => {
    const fieldName = field(scope);
    const given = value?.(scope);
    if (typeof fieldName !== 'string' || given === bailed) return bailed;
    return findSelectLabel(scope.trigger, fieldName, given);
  };
}
