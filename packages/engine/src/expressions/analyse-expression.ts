import { WirebookError } from '@wirebook/errors';
import { type AstNode, isAstNode, nodesOf, pairsOf, visitAst } from './expression-ast.ts';
import { compileLinearPattern } from './linear-regexp.ts';
import { nativeFunctions } from './native-functions.ts';
import { forbiddenKeys } from './plain-json.ts';

/** Functions that the engine gives to expressions beside those of the language. */
const ownFunctionNames = ['now', 'millis', 'random', 'shuffle', 'label'] as const;
const ownValueNames = ['trigger', 'inputs', 'steps'];
/** Names that an expression must not give to a variable of its own: what stands under them is relied on. */
const protectedNames: ReadonlySet<string> = new Set([...ownValueNames, ...ownFunctionNames, 'clone', 'eval']);
/** Its call stands around every key that is computed, so that the key can be refused. */
export const keyCheckName = ' key';

export interface ExpressionFacts {
  /** Functions and values by their name without `$`; the root is `$`. */
  readonly uses: ReadonlySet<string>;
  /** Names of the nodes read under `$steps`. */
  readonly stepNames: readonly string[];
  /** The interpreter may write marks into what it reads: it gets a copy. */
  readonly needsCopy: boolean;
  /** Functions stand for values somewhere: the key `then` is refused, a promise would be seen in it. */
  readonly hasFunctionValues: boolean;
}

export interface AnalyseOptions {
  readonly ancestors: ReadonlySet<string>;
  /** Stands before every message: node, field, expression. */
  readonly place: string;
}

/**
 * What an expression uses, after it was checked for everything that can be known before a message comes. Computed keys are wrapped in
 * a check, in place.
 *
 * @throws FLOW_EXPRESSION_INVALID, FLOW_EXPRESSION_NOT_ANCESTOR
 */
export function analyseExpression(ast: AstNode, { ancestors, place }: AnalyseOptions): ExpressionFacts {
  const fail = (node: AstNode, text: string): never => {
    throw new WirebookError('FLOW_EXPRESSION_INVALID', `${place}, position ${node.position ?? 0}: ${text}`);
  };
  const bound = findBoundNames(ast, fail);
  const uses = new Set<string>();
  const stepNames: string[] = [];
  const stepVariables = new Set<AstNode>();
  let needsCopy = false;
  let hasFunctionValues = false;
  const computedKeys = new Set<[AstNode, AstNode]>();

  visitAst(ast, (node) => {
    if (node.keepArray === true || node.keepSingletonArray === true || isGroup(node.group)) needsCopy = true;
    if (isGroup(node.group)) collectKeys(node.group.lhs, computedKeys, fail);
    switch (node.type) {
      case 'path': {
        const [first, second] = nodesOf(node.steps);
        if (first?.type === 'variable' && first.value === 'steps') {
          stepVariables.add(first);
          stepNames.push(getStepName(first, second, { ancestors, place, fail }));
        }
        break;
      }
      case 'variable':
        if (node.value === 'steps' && !stepVariables.has(node)) {
          fail(node, '$steps is read as $steps.<node name>; it cannot be listed or searched');
        }
        addVariable(node, { bound, uses, fail });
        break;
      case 'name':
        uses.add('$');
        if (forbiddenKeys.has(String(node.value))) fail(node, `"${node.value}" cannot be a key`);
        break;
      case 'wildcard':
      case 'descendant':
      case 'parent':
        uses.add('$');
        break;
      case 'unary':
        if (node.value === '{') collectKeys(node.lhs, computedKeys, fail);
        break;
      case 'function':
      case 'partial':
        if (node.type === 'partial') hasFunctionValues = true;
        if (!isFunctionName(node.procedure, bound)) needsCopy = true;
        break;
      case 'apply':
        hasFunctionValues = true;
        needsCopy = true;
        break;
      case 'lambda':
        hasFunctionValues = true;
        break;
      case 'regex':
        hasFunctionValues = true;
        checkPattern(node, fail);
        break;
      case 'transform':
        needsCopy = true;
        checkTransform(node, fail);
        break;
      default:
        break;
    }
  });

  for (const pair of computedKeys) wrapKey(pair);
  if (computedKeys.size > 0) uses.add(keyCheckName);
  if (hasFunctionValues) refuseThenKeys(ast, fail);
  return { uses, stepNames, needsCopy, hasFunctionValues };
}

type Fail = (node: AstNode, text: string) => never;

/** Names that the expression itself gives, anywhere in it. */
function findBoundNames(ast: AstNode, fail: Fail): ReadonlySet<string> {
  const bound = new Set<string>();
  const bind = (node: AstNode, name: unknown): void => {
    const text = String(name);
    if (protectedNames.has(text) || forbiddenKeys.has(text) || text === 'then') fail(node, `$${text} cannot be given another meaning`);
    bound.add(text);
  };
  visitAst(ast, (node) => {
    if (node.type === 'bind' && isAstNode(node.lhs)) bind(node, node.lhs.value);
    if (node.type === 'lambda') for (const parameter of nodesOf(node.arguments)) bind(parameter, parameter.value);
    if (node.focus !== undefined) bind(node, node.focus);
    if (typeof node.index === 'string') bind(node, node.index);
    if (node.type === 'index') bind(node, node.value);
  });
  return bound;
}

function addVariable(node: AstNode, { bound, uses, fail }: { bound: ReadonlySet<string>; uses: Set<string>; fail: Fail }): void {
  const name = String(node.value);
  if (name === '' || name === '$') {
    uses.add('$');
    return;
  }
  if (bound.has(name)) {
    // Where the binding does not reach, the name means the function.
    uses.add(name);
    return;
  }
  const isOwn = ownValueNames.includes(name) || ownFunctionNames.some((known) => known === name);
  if (!isOwn && !nativeFunctions.has(name)) {
    fail(node, `$${name} is not known; there are $trigger, $inputs, $steps, $label and the functions of JSONata without $eval`);
  }
  uses.add(name);
  // Most functions take the context value when an argument is missing.
  if (!ownValueNames.includes(name)) uses.add('$');
}

function getStepName(
  first: AstNode,
  second: AstNode | undefined,
  { ancestors, place, fail }: { ancestors: ReadonlySet<string>; place: string; fail: Fail },
): string {
  if (second === undefined || second.type !== 'name' || first.stages !== undefined || first.predicate !== undefined) {
    return fail(first, '$steps is read as $steps.<node name>; the name cannot be computed');
  }
  const name = String(second.value);
  if (!ancestors.has(name)) {
    const known = ancestors.size === 0 ? 'no node is' : `these are: ${[...ancestors].sort().join(', ')}`;
    throw new WirebookError(
      'FLOW_EXPRESSION_NOT_ANCESTOR',
      `${place}, position ${second.position ?? 0}: "${name}" is no node that every message passes before this one; ${known}`,
    );
  }
  return name;
}

function isGroup(value: unknown): value is { lhs: unknown } {
  return typeof value === 'object' && value !== null && 'lhs' in value;
}

function isFunctionName(procedure: unknown, bound: ReadonlySet<string>): boolean {
  return isAstNode(procedure) && procedure.type === 'variable' && !bound.has(String(procedure.value));
}

function collectKeys(pairs: unknown, computedKeys: Set<[AstNode, AstNode]>, fail: Fail): void {
  if (!Array.isArray(pairs)) return;
  for (const pair of pairs) {
    if (!isPair(pair)) continue;
    const [key] = pair;
    if (key.type !== 'string') computedKeys.add(pair);
    else if (forbiddenKeys.has(String(key.value))) fail(key, `"${key.value}" cannot be a key`);
  }
}

function isPair(value: unknown): value is [AstNode, AstNode] {
  return Array.isArray(value) && isAstNode(value[0]) && isAstNode(value[1]);
}

function wrapKey(pair: [AstNode, AstNode]): void {
  const [key] = pair;
  const call: AstNode = { type: 'function', value: '(', procedure: { type: 'variable', value: keyCheckName }, arguments: [key] };
  if (key.position !== undefined) call.position = key.position;
  pair[0] = call;
}

function refuseThenKeys(ast: AstNode, fail: Fail): void {
  visitAst(ast, (node) => {
    const groups = [...pairsOf(node.lhs), ...(isGroup(node.group) ? pairsOf(node.group.lhs) : [])];
    for (const [key] of groups) {
      if (key.type === 'string' && key.value === 'then') fail(key, 'the key "then" cannot be built in an expression that has functions');
    }
  });
}

function checkPattern(node: AstNode, fail: Fail): void {
  const pattern = node.value;
  if (!(pattern instanceof RegExp)) {
    fail(node, 'a pattern cannot stand before ?:');
    return;
  }
  try {
    compileLinearPattern(pattern);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    fail(node, `the pattern ${pattern} is not possible (look-ahead and back references are not): ${reason}`);
  }
}

const transformSteps: ReadonlySet<string> = new Set(['name', 'wildcard', 'descendant']);

/** A transform writes into what its pattern finds, so the pattern may only lead into the copy that the transform makes. */
function checkTransform(node: AstNode, fail: Fail): void {
  const { pattern } = node;
  const isContext = (step: AstNode): boolean => step.type === 'variable' && step.value === '';
  const isPath =
    isAstNode(pattern) &&
    (isContext(pattern) ||
      transformSteps.has(pattern.type) ||
      (pattern.type === 'path' && nodesOf(pattern.steps).every((step) => transformSteps.has(step.type) || isContext(step))));
  if (!isPath) fail(node, 'the place to change in |place|change| is a path of names from the value before it, such as |$| or |items|');
}
