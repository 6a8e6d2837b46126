import { Ajv, type Options } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { expect, test } from 'vitest';
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

const head = '// Made from src/flow-schema.ts by src/schema-generated.test.ts (run it with -u after a change); do not edit.\n';

test('[D10] the generated validator is the one that the schema gives, and imports nothing', async () => {
  const ajv = new Ajv(options);
  ajv.addSchema(flowSchema, 'flow');
  const makeCode = typeof standalone === 'function' ? standalone : standalone.default;
  const code = makeCode(ajv, { validateFlow: 'flow' });
  expect(code).not.toMatch(/\brequire\(|\bimport\b/);
  await expect(`${head}${code}`).toMatchFileSnapshot('../generated/validate-flow.js');
});
