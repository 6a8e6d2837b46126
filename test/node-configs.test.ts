import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { descriptors as core } from '../nodes/core/src/descriptors.ts';
import { descriptors as script } from '../nodes/script/src/descriptors.ts';
import { descriptors as soar } from '../nodes/soar/src/descriptors.ts';
import { descriptors as web } from '../nodes/web/src/descriptors.ts';
import { checkConfig, parseFlow } from '../packages/flow/src/index.ts';
import type { ConfigField } from '../packages/node-kit/src/index.ts';
import { readText, repositoryFiles } from './repository-files.ts';

// The browser may not make code from text, so its forms are checked by an interpreter of our own. Here it is held against ajv.

const descriptors = [...core, ...soar, ...web, ...script];
const ajv = new Ajv({ strict: false, allErrors: true, useDefaults: true });
const checks = new Map(descriptors.map(({ type, config }) => [type, ajv.compile(toJsonSchema(config))]));

interface ConfigCase {
  readonly title: string;
  readonly type: string;
  readonly config: unknown;
}

const nodes = repositoryFiles
  .filter((path) => path.endsWith('.flow.json'))
  .flatMap((path) => parseFlow(readText(path)).nodes.map(({ name, type, config }) => ({ title: `${path}: ${name}`, type, config })))
  .filter(({ type }) => descriptors.some((descriptor) => descriptor.type === type));

/** Each example, and the example with each of its fields broken in several ways. */
const cases: readonly ConfigCase[] = nodes.flatMap(({ title, type, config }) => [
  { title, type, config },
  ...breakFields(title, type, config),
]);

test('there are examples to compare, some of them broken', () => {
  expect(nodes.length).toBeGreaterThan(20);
  expect(cases.filter(({ type, config }) => !isValidForAjv(type, config)).length).toBeGreaterThan(100);
});

test('the check of configs in the browser refuses exactly what ajv refuses', () => {
  const differing = cases.filter(({ type, config }) => (checkConfig(schemaOf(type), config).length === 0) !== isValidForAjv(type, config));
  expect(differing).toEqual([]);
});

function schemaOf(type: string): ConfigField {
  const schema = descriptors.find((descriptor) => descriptor.type === type)?.config;
  if (schema === undefined) throw new Error(`no node type ${type}`);
  return schema;
}

function isValidForAjv(type: string, config: unknown): boolean {
  return checks.get(type)?.(structuredClone(config)) === true;
}

/** The schema with expressions said in plain JSON Schema: a field that takes them may be an object with one of their keys. */
function toJsonSchema(field: ConfigField): object {
  const { properties, items, additionalProperties, ...rest } = field;
  const literal = {
    ...rest,
    ...(items === undefined ? {} : { items: toJsonSchema(items) }),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, toJsonSchema(inner)])) }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: typeof additionalProperties === 'object' ? toJsonSchema(additionalProperties) : additionalProperties }),
  };
  const keys = ['$expr', '$template', '$secret', '$env'];
  // An object with such a key is meant as an expression, also where none may stand and where it holds no text.
  const meantAsExpression = { anyOf: keys.map((key) => ({ type: 'object', required: [key], maxProperties: 1 })) };
  if (field['x-expression'] !== true) return field.type === undefined ? literal : { ...literal, not: meantAsExpression };
  const written = keys.map((key) => ({ type: 'object', required: [key], maxProperties: 1, properties: { [key]: { type: 'string' } } }));
  const { default: preset, ...checked }: { default?: unknown } = literal;
  return { ...(preset === undefined ? {} : { default: preset }), anyOf: [...written, { allOf: [checked, { not: meantAsExpression }] }] };
}

function breakFields(title: string, type: string, config: Readonly<Record<string, unknown>>): ConfigCase[] {
  const wrong = [undefined, '', 5, -1, 1.5, true, [], {}, 'x'.repeat(11_000), { $expr: 'a' }, { $expr: 5 }, { $expr: 'a', b: 1 }, [{}]];
  const fields = Object.keys(schemaOf(type).properties ?? {});
  return [...fields, 'unknown'].flatMap((field) =>
    wrong.map((value, index) => ({
      title: `${title}, ${field} broken in way ${index}`,
      type,
      config: JSON.parse(JSON.stringify({ ...config, [field]: value })),
    })),
  );
}
