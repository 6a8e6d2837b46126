import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import jsonata from 'jsonata';
import { type AnalyseOptions, analyseExpression, type ExpressionFacts } from './analyse-expression.ts';
import type { ExpressionScope } from './compiled-config.ts';
import { compileDirect } from './direct-evaluator.ts';
import { bailed, type DirectEvaluator, type DirectResult } from './direct-result.ts';
import { isAstNode } from './expression-ast.ts';
import { LinearRegExp } from './linear-regexp.ts';
import { nativeFunctions } from './native-functions.ts';
import { registerOwnFunctions, scopeBinding, startBinding } from './own-functions.ts';
import { copyJson, findReservedKey, toPlainJson } from './plain-json.ts';

/** Bounds of one evaluation: milliseconds, nested calls, items of a list. */
const limits = { timeout: 500, stack: 500, sequence: 100_000 };

export interface CompileExpressionOptions {
  readonly text: string;
  /** Names of node and field, for messages. */
  readonly place: string;
  readonly ancestors: ReadonlySet<string>;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface CompiledExpression {
  /** Without a promise when the message allows the direct way. @throws FLOW_EXPRESSION_FAILED */
  evaluate(scope: ExpressionScope): JsonValue | undefined | Promise<JsonValue | undefined>;
}

/**
 * Compiles one JSONata expression.
 *
 * @throws FLOW_EXPRESSION_INVALID with the position, FLOW_EXPRESSION_NOT_ANCESTOR
 */
export function compileExpression({ text, place, ancestors, clock, random }: CompileExpressionOptions): CompiledExpression {
  const described = `${place}: expression ${JSON.stringify(shorten(text))}`;
  const { expression, facts } = parseExpression(text, { place: described, ancestors });
  for (const name of facts.uses) {
    const native = nativeFunctions.get(name);
    if (native !== undefined) expression.assign(name, native);
  }
  registerOwnFunctions(expression, { facts, clock, random });
  // Nobody names it: the analysis refuses unknown functions.
  expression.assign('eval', undefined);

  const interpret = createInterpreter({ expression, facts, place: described, clock });
  const ast: unknown = expression.ast();
  const direct = isAstNode(ast) ? compileDirect(ast, { clock }) : undefined;
  if (direct === undefined) return { evaluate: interpret };
  return {
    evaluate: (scope) => {
      const value = tryDirect(direct, scope);
      return value === bailed ? interpret(scope) : value;
    },
  };
}

/** Whatever fails here fails in the interpreter too, with its own words and the position. */
function tryDirect(direct: DirectEvaluator, scope: ExpressionScope): DirectResult {
  try {
    return direct(scope);
  } catch {
    return bailed;
  }
}

function parseExpression(text: string, options: AnalyseOptions): { expression: jsonata.Expression; facts: ExpressionFacts } {
  const expression = parseJsonata(text, options.place);
  const ast: unknown = expression.ast();
  if (!isAstNode(ast)) throw new WirebookError('FLOW_EXPRESSION_INVALID', `${options.place}: there is nothing in it`);
  return { expression, facts: analyseExpression(ast, options) };
}

function parseJsonata(text: string, place: string): jsonata.Expression {
  try {
    // The library only ever calls `new` and exec on it and sets lastIndex; its types ask for all of RegExp.
    const RegexEngine = LinearRegExp as unknown as RegExpConstructor;
    return jsonata(text, { ...limits, RegexEngine });
  } catch (thrown) {
    const { message, position } = readLibraryError(thrown);
    throw new WirebookError('FLOW_EXPRESSION_INVALID', `${place}, position ${position ?? 0}: ${message}`, thrown);
  }
}

interface InterpreterOptions {
  readonly expression: jsonata.Expression;
  readonly facts: ExpressionFacts;
  readonly place: string;
  readonly clock: Clock;
}

function createInterpreter({ expression, facts, place, clock }: InterpreterOptions) {
  const { uses, stepNames } = facts;
  const needsScope = uses.has('label');
  const needsStart = uses.has('now') || uses.has('millis');
  const prepare = (value: JsonValue | undefined, what: string): JsonValue | undefined => {
    const reserved = findReservedKey(value);
    if (reserved !== undefined) {
      throw new WirebookError('FLOW_EXPRESSION_FAILED', `${place}: ${what} has the key "${reserved}", which expressions refuse`);
    }
    return facts.needsCopy && value !== undefined ? copyJson(value) : value;
  };

  return async (scope: ExpressionScope): Promise<JsonValue | undefined> => {
    const bindings: Record<string, unknown> = {};
    if (uses.has('trigger')) {
      const { body, inputs, ...rest } = scope.trigger;
      bindings.trigger = { ...rest, body: prepare(body, '$trigger.body'), inputs: prepare(inputs, '$trigger.inputs') };
    }
    if (uses.has('inputs')) bindings.inputs = prepare(scope.trigger.inputs, '$inputs');
    if (stepNames.length > 0) {
      const steps: Record<string, unknown> = Object.create(null);
      for (const name of stepNames) {
        const output = prepare(scope.steps(name), `the output of "${name}"`);
        if (output !== undefined) steps[name] = output;
      }
      bindings.steps = steps;
    }
    if (needsScope) bindings[scopeBinding] = scope;
    if (needsStart) bindings[startBinding] = clock.now();
    const root = uses.has('$') ? prepare(scope.message, 'the message') : null;
    try {
      return toPlainJson(await takeTurn(() => expression.evaluate(root, bindings)));
    } catch (thrown) {
      const { message, position } = readLibraryError(thrown);
      const at = position === undefined ? '' : `, position ${position}`;
      throw new WirebookError('FLOW_EXPRESSION_FAILED', `${place}${at}: ${message}`, thrown instanceof Error ? thrown : undefined);
    }
  };
}

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * One evaluation after another. The interpreter only ever waits for itself, so nothing is lost; side by side, each would count the time
 * of all others as its own and run into its limit.
 */
function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work, work);
  lastTurn = turn;
  return turn;
}

/** The library throws plain objects and, from its own parts, errors. */
function readLibraryError(thrown: unknown): { message: string; position: number | undefined } {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown), position: undefined };
  const code: unknown = Reflect.get(thrown, 'code');
  const message: unknown = Reflect.get(thrown, 'message');
  const position: unknown = Reflect.get(thrown, 'position');
  return {
    message: code === 'D1012' ? `it ran longer than ${limits.timeout} ms` : shorten(typeof message === 'string' ? message : 'it failed'),
    position: typeof position === 'number' ? position : undefined,
  };
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
