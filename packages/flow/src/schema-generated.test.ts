import { Ajv, type Options } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { expect, test } from 'vitest';
import { flowChangeSchemas } from './flow-change-schema.ts';
import { flowSchema } from './flow-schema.ts';

/** unicode: false keeps the code free of imports: lengths are then counted in UTF-16 units. */
const options: Options = {
  allErrors: true,
  useDefaults: true,
  verbose: true,
  unicode: false,
  logger: false,
  strictTypes: false,
  code: { source: true, esm: true, lines: true, optimize: true },
};

const headOf = (source: string) =>
  `// Made from src/${source} by src/schema-generated.test.ts (run it with -u after a change); do not edit.\n`;

function toCamelCase(kind: string): string {
  return kind.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The code of one validator a schema, each exported under its name. */
function makeValidators(schemas: Readonly<Record<string, object>>): string {
  const ajv = new Ajv(options);
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);
  const makeCode = typeof standalone === 'function' ? standalone : standalone.default;
  return makeCode(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
}

test('[D10] the generated validator is the one that the schema gives, and imports nothing', async () => {
  const code = makeValidators({ validateFlow: flowSchema });
  expect(code).not.toMatch(/\brequire\(|\bimport\b/);
  await expect(`${headOf('flow-schema.ts')}${code}`).toMatchFileSnapshot('../generated/validate-flow.js');
});

test('[D10] so are those of the kinds of change', async () => {
  const code = makeValidators(Object.fromEntries(Object.entries(flowChangeSchemas).map(([kind, schema]) => [toCamelCase(kind), schema])));
  expect(code).not.toMatch(/\brequire\(|\bimport\b/);
  await expect(`${headOf('flow-change-schema.ts')}${code}`).toMatchFileSnapshot('../generated/validate-flow-change.js');
});
