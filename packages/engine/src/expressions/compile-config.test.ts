import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { ConfigField, ConfigSchema } from '@wirebook/node-kit';
import { createFakeClock, createFunctionTrigger } from '@wirebook/testkit';
import { expect, test } from 'vitest';
import { compileConfig } from './compile-config.ts';
import type { CompileConfigOptions, CompiledConfig, ExpressionScope } from './compiled-config.ts';
import { freezeJson } from './plain-json.ts';

function schemaOf(properties: Record<string, ConfigField>, required: readonly string[] = []): ConfigSchema {
  return { type: 'object', additionalProperties: false, required, properties };
}

function compile(config: JsonObject, schema: ConfigSchema, changes: Partial<CompileConfigOptions> = {}): CompiledConfig {
  return compileConfig({
    config,
    schema,
    nodeName: 'Add note',
    ancestors: new Set(),
    secrets: () => undefined,
    env: () => undefined,
    clock: createFakeClock(),
    random: () => 0.5,
    ...changes,
  });
}

function scopeOf(message: JsonValue): ExpressionScope {
  return { message: freezeJson(message), trigger: createFunctionTrigger({}), steps: () => undefined };
}

const text: ConfigField = { type: 'string', 'x-expression': true };

test('[X1] a config without value switches is ready at once, with the defaults of the schema filled in', () => {
  const schema = schemaOf({
    text,
    retries: { type: 'integer', default: 3 },
    deep: { type: 'object', properties: { on: { type: 'boolean', default: true } } },
  });
  const compiled = compile({ text: 'hello', deep: {} }, schema);
  expect(compiled.fixed).toEqual({ text: 'hello', retries: 3, deep: { on: true } });
  expect(compiled.evaluate(scopeOf(null))).toBe(compiled.fixed);
});

test('[X2] $expr, $template, $secret and $env stand in for a literal in every field that is marked for expressions', async () => {
  const schema = schemaOf({ a: text, b: text, c: text, d: text, port: { type: 'integer', 'x-expression': true } });
  const compiled = compile(
    { a: { $expr: 'who' }, b: { $template: 'Hello {{ who }}!' }, c: { $secret: 'token' }, d: { $env: 'HOST' }, port: { $env: 'PORT' } },
    schema,
    { secrets: (name) => (name === 'token' ? 's3cret' : undefined), env: (name) => ({ HOST: 'example.org', PORT: '8443' })[name] },
  );
  expect(await compiled.evaluate(scopeOf({ who: 'Ada' }))).toEqual({
    a: 'Ada',
    b: 'Hello Ada!',
    c: 's3cret',
    d: 'example.org',
    port: 8443,
  });
  expect(compiled.secretsUsed).toEqual(['token']);
});

test('[X2] a switch works in nested lists and objects of a marked field', async () => {
  const schema = schemaOf({
    headers: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' }, value: text }, required: ['name', 'value'] },
    },
    body: { 'x-expression': true },
    query: { type: 'object', additionalProperties: text },
  });
  const compiled = compile(
    { headers: [{ name: 'X-Id', value: { $expr: 'id' } }], body: { list: [1, { $expr: 'id' }] }, query: { q: { $template: 'id:{{id}}' } } },
    schema,
  );
  expect(await compiled.evaluate(scopeOf({ id: 'i7' }))).toEqual({
    headers: [{ name: 'X-Id', value: 'i7' }],
    body: { list: [1, 'i7'] },
    query: { q: 'id:i7' },
  });
});

test('[X3] a switch in a field that is not marked is refused, naming the field', () => {
  const schema = schemaOf({ mode: { type: 'string' } });
  expect(() => compile({ mode: { $expr: 'x' } }, schema)).toThrow(
    expect.objectContaining({ code: 'FLOW_NODE_CONFIG_INVALID', message: 'node "Add note": field "mode": it takes no $expr; write text' }),
  );
});

test.each<[string, JsonObject, ConfigSchema, string]>([
  [
    'a wrong type',
    { n: 'x' },
    schemaOf({ n: { type: 'integer', minimum: 1 } }),
    'field "n": expected a whole number, at least 1, got "x" (text)',
  ],
  ['an unknown field', { x: 1 }, schemaOf({ n: { type: 'integer' } }), 'field "x": there is no such field; there are: n'],
  ['a missing field', {}, schemaOf({ n: { type: 'integer' } }, ['n']), 'field "n": it is missing; write a whole number'],
  ['a missing secret', { t: { $secret: 'gone' } }, schemaOf({ t: text }), 'field "t": there is no secret "gone"'],
  ['a missing variable', { t: { $env: 'GONE' } }, schemaOf({ t: text }), 'field "t": the environment has no variable "GONE"'],
  [
    'a nested item',
    { l: [{ v: 1 }] },
    schemaOf({ l: { type: 'array', items: { type: 'object', properties: { v: { type: 'string' } } } } }),
    'field "l[0].v": expected text, got 1 (number)',
  ],
  [
    'too many items',
    { l: ['a', 'b'] },
    schemaOf({ l: { type: 'array', maxItems: 1 } }),
    'field "l": expected a list, at most 1 items, got 2 items',
  ],
  ['a wrong choice', { l: 'z' }, schemaOf({ l: { enum: ['a', 'b'] } }), 'field "l": expected one of "a", "b", got "z" (text)'],
])('[X4] a literal is checked when the flow is compiled: %s', (_name, config, schema, message) => {
  expect(() => compile(config, schema)).toThrow(
    expect.objectContaining({ code: 'FLOW_NODE_CONFIG_INVALID', message: expect.stringContaining(message) }),
  );
});

test('[X4] a secret of the wrong kind is refused without showing it', () => {
  const schema = schemaOf({ port: { type: 'integer', 'x-expression': true } });
  const attempt = () => compile({ port: { $secret: 'pw' } }, schema, { secrets: () => 'hunter2' });
  expect(attempt).toThrow('what $secret "pw" holds is something else');
  expect(attempt).not.toThrow('hunter2');
});

test('[X5] a computed value that does not fit its field is refused, naming node, field, value, expectation and expression', async () => {
  const schema = schemaOf({ n: { type: 'integer', 'x-expression': true, minimum: 1 } });
  const compiled = compile({ n: { $expr: 'v' } }, schema);
  expect(() => compiled.evaluate(scopeOf({ v: 'seven' }))).toThrow(
    expect.objectContaining({
      code: 'NODE_INPUT_INVALID',
      message: 'node "Add note": field "n": expected a whole number, at least 1, got "seven" (text) from expression "v"',
    }),
  );
});

test('[X6] nothing for a required field is an error that names the expression; an optional field is then absent or has its default', async () => {
  const schema = schemaOf({ a: text, b: text, c: { type: 'string', 'x-expression': true, default: 'none' } }, ['a']);
  const config = { a: { $expr: 'a' }, b: { $expr: 'b' }, c: { $expr: 'c' } };
  expect(await compile(config, schema).evaluate(scopeOf({ a: 'x', b: null }))).toEqual({ a: 'x', c: 'none' });
  expect(() => compile(config, schema).evaluate(scopeOf({}))).toThrow(
    expect.objectContaining({
      code: 'FLOW_EXPRESSION_FAILED',
      message: 'node "Add note": field "a": expected text, got nothing from expression "a"',
    }),
  );
});

test('[X7] a list field gets a list from none, one and many', async () => {
  const schema = schemaOf({ to: { type: 'array', 'x-list': true, 'x-expression': true, items: { type: 'string' } } }, ['to']);
  const compiled = compile({ to: { $expr: 'users.mail' } }, schema);
  expect(await compiled.evaluate(scopeOf({}))).toEqual({ to: [] });
  expect(await compiled.evaluate(scopeOf({ users: { mail: 'a@x' } }))).toEqual({ to: ['a@x'] });
  expect(await compiled.evaluate(scopeOf({ users: [{ mail: 'a@x' }, { mail: 'b@x' }] }))).toEqual({ to: ['a@x', 'b@x'] });
  expect(compile({ to: 'c@x' }, schema).fixed).toEqual({ to: ['c@x'] });
});

test('[X8] a value that comes from a message is never read as a switch or an expression', async () => {
  const schema = schemaOf({ body: { 'x-expression': true }, t: text }, ['body']);
  const compiled = compile({ body: { $expr: '$' }, t: { $template: '{{ note }}' } }, schema);
  const message = { note: '{{ $trigger.body }}', evil: { $secret: 'token' }, more: { $expr: '1+1' } };
  expect(await compiled.evaluate(scopeOf(message))).toEqual({ body: message, t: '{{ $trigger.body }}' });
});

test('[X9] a template writes nothing and null as an empty text and everything else as JSON; its expressions may hold braces', async () => {
  const schema = schemaOf({ t: text });
  const run = (template: string, message: JsonValue) => compile({ t: { $template: template } }, schema).evaluate(scopeOf(message));
  expect(await run('[{{ gone }}|{{ none }}|{{ n }}|{{ list }}]', { none: null, n: 1.5, list: [1, 'a'] })).toEqual({ t: '[||1.5|[1,"a"]]' });
  expect(await run('{{ {"a": {"b": n}} }} and {{ "}}" }}', { n: 1 })).toEqual({ t: '{"a":{"b":1}} and }}' });
  expect(await run('plain { text }', {})).toEqual({ t: 'plain { text }' });
  expect(() => run('x {{ n', {})).toThrow(
    expect.objectContaining({ code: 'FLOW_EXPRESSION_INVALID', message: expect.stringContaining('position 2') }),
  );
});

test('[X10] a wrong expression is refused when the flow is compiled, naming field and position', () => {
  const schema = schemaOf({ t: text });
  expect(() => compile({ t: { $expr: 'a +' } }, schema)).toThrow(
    expect.objectContaining({
      code: 'FLOW_EXPRESSION_INVALID',
      message: expect.stringMatching(/^node "Add note": field "t": expression "a \+", position 3: /),
    }),
  );
});

test('[X1] the config of one message does not change that of the next', async () => {
  const schema = schemaOf({ t: text, list: { type: 'array', items: { type: 'string' } } });
  const compiled = compile({ t: { $expr: 't' }, list: ['a'] }, schema);
  const first = await compiled.evaluate(scopeOf({ t: 'one' }));
  expect(await compiled.evaluate(scopeOf({ t: 'two' }))).toEqual({ t: 'two', list: ['a'] });
  expect(first).toEqual({ t: 'one', list: ['a'] });
});
