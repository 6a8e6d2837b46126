import { expect, test } from 'vitest';
import { checkConfig } from './check-config.ts';
import type { FieldSchema } from './node-type-catalogue.ts';

const schema: FieldSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['url', 'method'],
  properties: {
    url: { type: 'string', minLength: 1, maxLength: 20, 'x-expression': true },
    method: { type: 'string', enum: ['GET', 'PUT'], default: 'GET' },
    retries: { type: 'integer', minimum: 0, maximum: 5 },
    factor: { type: 'number' },
    verify: { type: 'boolean' },
    name: { type: 'string', pattern: '^[a-z]+$' },
    body: { 'x-expression': true },
    headers: { type: 'object', additionalProperties: { type: 'string', 'x-expression': true } },
    cases: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['port'],
        properties: { port: { type: 'string' }, when: { type: 'boolean', 'x-expression': true } },
      },
    },
  },
};

function messagesOf(config: unknown): string[] {
  return checkConfig(schema, config).map((problem) => problem.message);
}

test('[C1] a config that keeps to its schema has no problems', () => {
  expect(
    messagesOf({
      url: 'https://a',
      retries: 5,
      factor: 0.5,
      verify: false,
      name: 'a',
      body: { any: [1, null] },
      headers: { a: 'b' },
      cases: [{ port: 'x', when: true }],
    }),
  ).toEqual([]);
});

test('[C1] each problem names its field by a path, what it must be and what was got', () => {
  expect(
    messagesOf({
      url: '',
      method: 'POST',
      retries: 2.5,
      factor: 'x',
      verify: 1,
      name: 'A',
      headers: { a: 5 },
      cases: [{ when: 'yes' }, 'text'],
      extra: 1,
    }),
  ).toEqual([
    'field "url" must not be empty',
    'field "method" must be one of "GET", "PUT", got "POST"',
    'field "retries" must be a whole number, got 2.5',
    'field "factor" must be a number, got "x"',
    'field "verify" must be true or false, got 1',
    'field "name" must match ^[a-z]+$, got "A"',
    'field "headers.a" must be text or an expression, got 5',
    'field "cases[0].port" is missing',
    'field "cases[0].when" must be true or false or an expression, got "yes"',
    'field "cases[1]" must be an object, got "text"',
    'field "extra" is not known here; known are url, method, retries, factor, verify, name, body, headers, cases',
  ]);
  expect(messagesOf({ url: 'x'.repeat(21), retries: -1, cases: [] })).toEqual([
    'field "url" must have at most 20 characters, it has 21',
    'field "retries" must be at least 0, got -1',
    'field "cases" must have at least 1 items, it has 0',
  ]);
  expect(messagesOf({ url: 'a', retries: 6, cases: Array.from({ length: 4 }, () => ({ port: 'a' })) })).toEqual([
    'field "retries" must be at most 5, got 6',
    'field "cases" must have at most 3 items, it has 4',
  ]);
  expect(checkConfig(schema, null)).toEqual([{ field: '', message: 'config must be an object, got null' }]);
});

test('[C2] a required field may be missing when it has a default', () => {
  expect(messagesOf({})).toEqual(['field "url" is missing']);
});

test('[C3] an expression may stand where the schema says so, at any depth, and nowhere else', () => {
  const expression = { $expr: 'a.b' };
  expect(
    messagesOf({
      url: { $template: 'https://{{ host }}' },
      body: expression,
      headers: { a: { $secret: 'key' } },
      cases: [{ port: 'x', when: expression }],
    }),
  ).toEqual([]);
  expect(messagesOf({ url: 'a', method: expression, retries: { $env: 'N' }, cases: [{ port: expression }] })).toEqual([
    'field "method" takes no "$expr"; write the value itself',
    'field "retries" takes no "$env"; write the value itself',
    'field "cases[0].port" takes no "$expr"; write the value itself',
  ]);
});

test('[C3] an expression is text', () => {
  expect(messagesOf({ url: { $expr: 5 } })).toEqual(['field "url" must hold text under "$expr", got {"$expr":5}']);
  expect(messagesOf({ url: { $expr: 'a', more: 1 } })).toEqual(['field "url" must be text or an expression, got {"$expr":"a","more":1}']);
});

test('[C4] keys of the object prototype are no fields', () => {
  expect(messagesOf(JSON.parse('{"url": "a", "toString": 1, "__proto__": {}}'))).toEqual([
    expect.stringMatching(/^field "toString" is not known here/),
    expect.stringMatching(/^field "__proto__" is not known here/),
  ]);
  expect(checkConfig({ type: 'object', required: ['constructor'] }, {}).map((problem) => problem.message)).toEqual([
    'field "constructor" is missing',
  ]);
});
