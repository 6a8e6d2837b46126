import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';
import { createActionTrigger, createFakeClock, createFunctionTrigger } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { compileExpression } from './expression.ts';
import { nativeFunctions } from './native-functions.ts';
import { freezeJson } from './plain-json.ts';

interface RunOptions {
  readonly message?: JsonValue;
  readonly trigger?: Trigger;
  readonly steps?: JsonObject;
}

function compile(text: string, ancestors: readonly string[] = []) {
  return compileExpression({
    text,
    place: 'node "N": field "f"',
    ancestors: new Set(ancestors),
    clock: createFakeClock(),
    random: () => 0.25,
  });
}

async function run(text: string, { message = {}, trigger = createFunctionTrigger({}), steps = {} }: RunOptions = {}): Promise<unknown> {
  const before = JSON.stringify(message);
  freezeJson(message);
  freezeJson(trigger.body);
  const value = await compile(text, Object.keys(steps)).evaluate({ message, trigger, steps: (name) => steps[name] });
  expect(JSON.stringify(message)).toBe(before);
  return value;
}

const typeInfo = {
  incident: {
    fields: {
      severity_code: { id: 1, values: { '51': { label: 'Medium' }, '52': { label: 'High' } } },
      category: { id: 2, values: { '7': { label: 'Phishing' } } },
    },
  },
  artifact: { fields: { type: { id: 3, values: { '1': { label: 'IP Address' } } } } },
  actioninvocation: { fields: { urgency: { id: 4, values: { '9': { label: 'Now' } } } } },
};
const ruleTrigger = createActionTrigger({
  incident: { severity_code: 51, properties: { category: [7] } },
  artifact: { type: { id: 1 } },
  properties: { urgency: 9 },
  type_info: typeInfo,
});

test('[X11] the root is the message; $trigger, $inputs and $steps.<node name> give the rest', async () => {
  const trigger = createFunctionTrigger({ model: 'm1' });
  const options = { message: { a: { b: 1 } }, trigger, steps: { 'Look up': { name: 'x' }, plain: 2 } };
  expect(await run('a.b', options)).toBe(1);
  expect(await run('$trigger.functionName & "/" & $inputs.model', options)).toBe('lookup_model_by_id/m1');
  expect(await run('[$steps.`Look up`.name, $steps.plain]', options)).toEqual(['x', 2]);
  expect(await run('$map([1..2], function($n) { $steps.plain + $n + $inputs.missing ?? $n })', options)).toEqual([1, 2]);
  expect(await run('$keys($trigger)', options)).toContain('messageId');
});

test.each(['$steps.Other.x', '$map([1], function($x) { $steps.Other })'])('[X12] a node that is no ancestor is refused: %s', (text) => {
  expect(() => compile(text, ['Look up'])).toThrow(
    expect.objectContaining({ code: 'FLOW_EXPRESSION_NOT_ANCESTOR', message: expect.stringContaining('"Other" is no node') }),
  );
});

test.each([
  '$steps',
  '$keys($steps)',
  '$lookup($steps, "a")',
  '$steps.*',
  '$steps[0].a',
  '$steps.(a)',
  '$steps.$x',
  '($steps := 1; $steps.a)',
])('[X12] the name of a step cannot be computed: %s', (text) => {
  expect(() => compile(text, ['a'])).toThrow(expect.objectContaining({ code: 'FLOW_EXPRESSION_INVALID' }));
});

test('[X13] $label gives the text of a select value through type_info', async () => {
  const options = { trigger: ruleTrigger };
  expect(await run('$label("severity_code")', options)).toBe('Medium');
  expect(await run('$label("severity_code", 52)', options)).toBe('High');
  expect(await run('$label("properties.category")', options)).toEqual(['Phishing']);
  expect(await run('$label("artifact.type")', options)).toBe('IP Address');
  expect(await run('$label("urgency")', options)).toBe('Now');
  expect(await run('$label("unknown")', options)).toBeUndefined();
  expect(await run('[51, 52].$label("severity_code", $)', options)).toEqual(['Medium', 'High']);
});

test('[X14] time and randomness come from the engine, and stand still within one evaluation', async () => {
  expect(await run('$now()')).toBe('2026-03-01T12:00:00.000Z');
  expect(await run('$now("[Y]")')).toBe('2026');
  expect(await run('$millis()')).toBe(Date.UTC(2026, 2, 1, 12));
  expect(await run('$random()')).toBe(0.25);
  expect(await run('$shuffle([1..4])')).toEqual([4, 3, 1, 2]);
});

test.each([
  ['$eval("1")', 'position 5: $eval is not known'],
  ['($f := $eval; $f("1"))', '$eval is not known'],
  ['$nope(1)', '$nope is not known'],
  ['$typo.a', '$typo is not known'],
  ['a.constructor', '"constructor" cannot be a key'],
  ['`__proto__`', '"__proto__" cannot be a key'],
  ['"constructor".prototype', '"constructor" cannot be a key'],
  ['{"__proto__": 1}', '"__proto__" cannot be a key'],
  ['a{"constructor": 1}', '"constructor" cannot be a key'],
  ['$sum.constructor.constructor("return process")()', '"constructor" cannot be a key'],
  ['($eval := 1; 2)', '$eval cannot be given another meaning'],
  ['($clone := function($x) { $x }; $ ~> |$|{"a": 1}|)', '$clone cannot be given another meaning'],
  ['( $f := function() { 1 }; {} ~> |$f|{}, ["_jsonata_lambda"]|; $f.environment )', 'the place to change'],
  ['{} ~> |$sum|{"signature": null}|', 'the place to change'],
  ['{} ~> |$$.a|{"b": 1}|', 'the place to change'],
  ['(function($g) { {"then": $g} })($sum)', 'the key "then"'],
  ['{"then": /a/}', 'the key "then"'],
  ['$contains("a", /(?=a)/)', 'is not possible'],
  ['$contains("a", /(a)\\1/)', 'is not possible'],
])('[X15] what leads out of the data is refused when the flow is compiled: %s', (text, reason) => {
  expect(() => compile(text)).toThrow(
    expect.objectContaining({ code: 'FLOW_EXPRESSION_INVALID', message: expect.stringContaining(reason) }),
  );
});

test.each([
  ['$lookup($string, "implementation")'],
  ['$string.implementation'],
  ['$sum.signature.validate'],
  ['($f := function($x) { $x }; $f.environment)'],
  ['(function($x) { $x }).body'],
  ['$lookup("text", "con" & "structor")'],
  ['$lookup([1], "con" & "structor")'],
  ['$lookup({}, "__pro" & "to__")'],
  ['[1].sequence'],
  ['$sum'],
  ['/a/'],
  ['($m := /a/("a"); $m.next)'],
  ['$spread($sum)'],
  ['$sum ~> $spread'],
  ['[$sum, $count] ~> $spread'],
])('[X15] %s gives nothing, or nothing of the host', async (text) => {
  const value = await run(text);
  expect(value === undefined || (Array.isArray(value) && value.every((item) => item === null)) || JSON.stringify(value) === '[]').toBe(
    true,
  );
});

test.each([
  ['{"con" & "structor": 1}', 'the key "constructor" is refused'],
  ['$map(["then"], function($k) { {$k: $sum} })', 'the key "then" is refused'],
  ['$each($sum, function($v, $k) { $k })', 'T'],
])('[X15] %s fails', async (text) => {
  await expect(run(text)).rejects.toMatchObject({ code: 'FLOW_EXPRESSION_FAILED' });
});

test('[X15] data that poses as a function or a tuple of the interpreter is refused', async () => {
  for (const key of ['_jsonata_lambda', '_jsonata_function', 'tupleStream', 'outerWrapper']) {
    await expect(run('items[n > 1]', { message: { items: [{ n: 2, [key]: true }] } })).rejects.toThrow(`the key "${key}"`);
  }
});

test.each([
  ['items{"a": 1}', { items: [] }],
  ['items[].x', { items: [{ x: [1] }] }],
  ['items[]', { items: [1, 2] }],
  ['$ ~> |items|{"seen": true}|', { items: [{ a: 1 }, { a: 2 }] }],
  ['$sort(items)', { items: [2, 1] }],
  ['$append(items, 3)', { items: [2, 1] }],
  ['items^(>$)', { items: [2, 1] }],
  ['items#$i.{"n": $i, "v": $}', { items: [2, 1] }],
])('[X16] the message is never changed: %s', async (text, message) => {
  await run(text, { message });
});

test('[X16] data called like a function does not get marks of the interpreter', async () => {
  await expect(run('items(1)', { message: { items: { a: 1 } } })).rejects.toMatchObject({ code: 'FLOW_EXPRESSION_FAILED' });
});

test('[X16] the result is plain JSON: no functions, no marks, no missing values', async () => {
  const value = await run('{"list": items.a, "f": $sum, "none": gone, "deep": [items[0], $uppercase]}', {
    message: { items: [{ a: 1 }, { a: 2 }] },
  });
  expect(value).toEqual({ list: [1, 2], deep: [{ a: 1 }, null] });
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.getOwnPropertyNames(Reflect.get(Object(value), 'list'))).toEqual(['0', '1', 'length']);
});

test.each([
  ['an endless recursion', '($f := function($n) { $f($n + 1) + 1 }; $f(1))'],
  ['an endless tail call', '($f := function($n) { $f($n + 1) }; $f(1))'],
  ['a huge range', '$sum([1..1000000])'],
  ['nested loops', '$map([1..1000], function($a) { $map([1..1000], function($b) { $a * $b }) })'],
  ['a huge padding', '$pad("a", 100000000)'],
  ['a doubling text', '$length($reduce([1..40], function($a, $b) { $a & $a }, "aaaaaaaa"))'],
  ['a doubling object', '$reduce([1..40], function($a, $b) { {"l": $a, "r": $a} }, 1)'],
  ['a doubling object as text', '$string($reduce([1..40], function($a, $b) { {"l": $a, "r": $a} }, 1))'],
])('[X17] %s ends with an error in bounded time and memory', async (_name, text) => {
  await expect(run(text)).rejects.toMatchObject({ code: 'FLOW_EXPRESSION_FAILED' });
});

test('[X17] the time of one evaluation does not count against another', async () => {
  const text = '$sum($map([1..300], function($n) { $n * $n }))';
  const values = await Promise.all(Array.from({ length: 300 }, () => run(text)));
  expect(new Set(values)).toEqual(new Set([9045050]));
});

test('[X17] telling apart the values of a list reads each of them once', async () => {
  const items = Array.from({ length: 5000 }, (_, index) => (index % 2 === 0 ? index : { n: index }));
  expect(await run('$count($distinct(items))', { message: { items } })).toBe(5000);
  let readCount = 0;
  const counted = Array.from({ length: 1000 }, (_, index) => ({
    get n() {
      readCount += 1;
      return index % 500;
    },
  }));
  expect(nativeFunctions.get('distinct')?.implementation(counted)).toHaveLength(500);
  expect(readCount).toBe(1000);
});

test('[X18] a pattern that would try every way to divide the text ends', async () => {
  const message = { text: `${'a'.repeat(40)}!` };
  expect(await run('$contains(text, /(a+)+$/)', { message })).toBe(false);
  expect(await run('$match(text, /(a|aa)+$/)', { message })).toBeUndefined();
});

test.each<[string, JsonValue]>([
  [
    '$match("ab12cd34", /([a-z]+)([0-9])/)',
    [
      { match: 'ab1', index: 0, groups: ['ab', '1'] },
      { match: 'cd3', index: 4, groups: ['cd', '3'] },
    ],
  ],
  ['$replace("2026-11-21", /(\\d+)-(\\d+)-(\\d+)/, "$3.$2.$1")', '21.11.2026'],
  ['$replace("a1b2", /[0-9]/, function($m) { "<" & $m.match & ">" })', 'a<1>b<2>'],
  ['$split("a, b;c", /[,;] ?/)', ['a', 'b', 'c']],
  ['$contains("Hello", /hello/i)', true],
  ['$match("x\\ny", /^y$/m).match', 'y'],
  ['$contains("xy", /^y/)', false],
  ['$match("aXbX", /^a|X$/).match', ['a', 'X']],
  ['$replace("aaa", /^a/, "b")', 'baa'],
  ['$match("héllo wörld", /ö/).index', 7],
])('[X18] patterns answer as those of JSONata: %s', async (text, expected) => {
  expect(await run(text)).toEqual(expected);
});

test('[X10] an expression that fails names its place and the reason', async () => {
  await expect(run('a + 1', { message: { a: 'x' } })).rejects.toThrow(
    'node "N": field "f": expression "a + 1", position 3: The left side of the "+" operator must evaluate to a number',
  );
  await expect(run('$error("no model " & id)', { message: { id: 7 } })).rejects.toThrow('no model 7');
});

test('[X11] functions of JSONata work through the guards, also partly applied', async () => {
  expect(await run('($first := $substring(?, 0, 1); $first("abc"))')).toBe('a');
  expect(await run('["b", "a"] ~> $sort ~> $join("-")')).toBe('a-b');
  expect(await run('$map(["a"], $uppercase)')).toEqual('A');
  expect(await run('$reduce([1..5], function($a, $b) { $a + $b })')).toBe(15);
  expect(await run('$spread({"a": 1, "b": 2})')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(await run('$distinct([1, 1, "1", {"a": 1}, {"a": 1}])')).toEqual([1, '1', { a: 1 }]);
  expect(await run('items.name.$uppercase()', { message: { items: [{ name: 'a' }, { name: 'b' }] } })).toEqual(['A', 'B']);
  expect(await run('($count := 2; $count + 1)')).toBe(3);
});
