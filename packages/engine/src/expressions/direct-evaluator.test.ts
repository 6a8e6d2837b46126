import { isJsonObject, type JsonObject, type JsonValue } from '@wirebook/errors';
import { createFakeClock, createFunctionTrigger } from '@wirebook/testkit';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { compileDirect } from './direct-evaluator.ts';
import { bailed } from './direct-result.ts';
import { isAstNode } from './expression-ast.ts';
import { copyJson, toPlainJson } from './plain-json.ts';

const names = ['a', 'b', 'c', 'length'];
const name = fc.constantFrom(...names);
const leafValue = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('', 'a', 'text', '2026-01-01T00:00:00Z', '12'),
  fc.boolean(),
  fc.constant(null),
);
const jsonValue = fc.letrec<{ value: JsonValue; object: JsonValue; list: JsonValue }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leafValue, tie('object'), tie('list')),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4 }).map((object): JsonValue => copyJson(object)),
  list: fc.array(tie('value'), { maxLength: 3 }),
}));

const path = fc
  .tuple(
    fc.constantFrom('', '', '$.', '$$.', '$inputs.', '$steps.before.', '$trigger.body.'),
    fc.array(fc.tuple(name, fc.constantFrom('', '', '', '[0]', '[-1]', '[1]')), { minLength: 1, maxLength: 3 }),
  )
  .map(([start, steps]) => start + steps.map(([key, index]) => key + index).join('.'));

const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    path,
    fc.constantFrom('1', '-2.5', '0.1', '"x"', '""', 'true', 'null', '$', '$inputs', '$steps.before', '$trigger.kind'),
    fc
      .tuple(
        tie('any'),
        fc.constantFrom('&', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in', 'and', 'or', '??', '?:'),
        tie('any'),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([condition, yes, no]) => `(${condition}) ? (${yes}) : (${no})`),
    fc.tuple(tie('any'), tie('any')).map(([left, right]) => `{"x": ${left}, "y": ${right}}`),
    fc.tuple(tie('any'), tie('any')).map(([left, right]) => `[${left}, ${right}]`),
    fc
      .tuple(
        fc.constantFrom(
          'string',
          'length',
          'uppercase',
          'trim',
          'number',
          'floor',
          'round',
          'abs',
          'boolean',
          'not',
          'exists',
          'count',
          'sum',
          'max',
          'type',
          'toMillis',
          'fromMillis',
        ),
        tie('any'),
      )
      .map(([callee, argument]) => `$${callee}(${argument})`),
    fc
      .tuple(fc.constantFrom('contains', 'substringBefore', 'join', 'pad', 'round'), tie('any'), tie('any'))
      .map(([callee, a, b]) => `$${callee}(${a}, ${b})`),
    fc.constantFrom('$string()', '$uppercase()', '$exists(a.b)'),
  ),
}));

interface Outcome {
  readonly value: JsonValue | undefined;
  readonly failed: boolean;
}

async function interpret(text: string, message: JsonValue, bindings: Record<string, unknown>): Promise<Outcome> {
  try {
    return { value: toPlainJson(await jsonata(text).evaluate(copyJson(message), bindings)), failed: false };
  } catch {
    return { value: undefined, failed: true };
  }
}

test('[X19] for random expressions and messages the direct way gives the answer of the interpreter, or none', async () => {
  let directCount = 0;
  let answerCount = 0;
  const property = fc.asyncProperty(expression.any, jsonValue.value, jsonValue.object, async (text, message, other) => {
    const ast: unknown = jsonata(text).ast();
    const direct = isAstNode(ast) ? compileDirect(ast, { clock: createFakeClock() }) : undefined;
    if (direct === undefined) return;
    directCount += 1;
    const inputs: JsonObject = isJsonObject(other) ? other : {};
    const trigger = createFunctionTrigger(inputs);
    const got = callDirect(() => direct({ message, trigger, steps: () => other }));
    if (got === bailed) return;
    answerCount += 1;
    const bindings = { inputs: copyJson(inputs), trigger, steps: { before: copyJson(other) } };
    expect({ value: got, failed: false }).toEqual(await interpret(text, message, bindings));
  });
  await fc.assert(property, { numRuns: 1500 });
  expect(directCount).toBeGreaterThan(700);
  expect(answerCount).toBeGreaterThan(300);
}, 120_000);

/** A throw sends the expression to the interpreter, as a bail does. */
function callDirect<T>(call: () => T): T | typeof bailed {
  try {
    return call();
  } catch {
    return bailed;
  }
}

test.each([
  'a.b',
  '"x" & a.b & 1',
  '{"a": a.b, "n": [1, c]}',
  '$trigger.body.x = "y"',
  '$inputs.name',
  '$steps.before.x',
  'items[0].name',
  '$uppercase(a) & $label("severity_code")',
])('[X19] %s needs no promise', (text) => {
  const ast: unknown = jsonata(text).ast();
  expect(isAstNode(ast) && compileDirect(ast, { clock: createFakeClock() })).toBeTypeOf('function');
});

test.each(['a[b = 1]', 'a.(b & c)', '$map(a, $string)', 'a{b: c}', 'a^(b)', '($x := a; $x)', '*', 'a[]', '$now()', '$random()'])(
  '[X19] %s is left to the interpreter',
  (text) => {
    const ast: unknown = jsonata(text).ast();
    expect(isAstNode(ast) && compileDirect(ast, { clock: createFakeClock() })).toBeUndefined();
  },
);
