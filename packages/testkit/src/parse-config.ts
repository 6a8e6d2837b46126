import { isJsonObject, type JsonObject, WirebookError } from '@wirebook/errors';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { Ajv, type ValidateFunction } from 'ajv';

const checks = new WeakMap<NodeDescriptor, ValidateFunction>();

/**
 * A config with its defaults, checked as the engine does before a step.
 *
 * @throws NODE_INPUT_INVALID naming the field.
 */
export function parseConfig(descriptor: NodeDescriptor, config: JsonObject): JsonObject {
  const check = checks.get(descriptor) ?? new Ajv({ strict: false, useDefaults: true, allErrors: true }).compile(descriptor.config);
  checks.set(descriptor, check);
  const filled: unknown = structuredClone(config);
  if (check(filled) && isJsonObject(filled)) return filled;
  const problems = (check.errors ?? []).map((error) => `config${error.instancePath} ${error.message ?? error.keyword}`);
  throw new WirebookError('NODE_INPUT_INVALID', `${descriptor.type}: ${problems.join('; ')}`);
}
