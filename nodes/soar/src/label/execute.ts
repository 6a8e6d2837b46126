import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, describeValue, type Execute, type FieldDefinition, setField } from '@wirebook/node-kit';
import { getField } from '../find-field.ts';
import type { soarLabel } from './descriptor.ts';

export const executeLabel: Execute<typeof soarLabel> = async ({ config, message, services, emit }) => {
  const { objectType, path } = config;
  const definitions = await services.platform.catalogue.listFields(objectType);
  if (definitions === undefined) {
    throw new WirebookError('SOAR_FIELD_UNKNOWN', `field "objectType": the organisation has no type or table "${objectType}"`);
  }
  const field = getField(definitions, config.field, objectType);
  const { value } = config;
  const result = Array.isArray(value)
    ? value.map((one: JsonValue) => translate(one, field, config))
    : translate(value ?? null, field, config);
  emit('out', path === '' ? result : setField(message, path, result));
};

/** Values that were switched off count: old incidents have them still. */
function translate(given: JsonValue, field: FieldDefinition, { to, unknown }: ConfigOf<typeof soarLabel>): JsonValue {
  const value = isJsonObject(given) ? (given.id ?? given.name ?? null) : given;
  if (value === null) return null;
  const found = field.values.find((one) => one.value === value) ?? field.values.find(({ label }) => label === value);
  if (found !== undefined) return to === 'label' ? found.label : found.value;
  if (unknown === 'keep') return given;
  if (unknown === 'null') return null;
  const known = field.values.map(({ label, value: id, enabled }) => `${label} (${id}${enabled ? '' : ', switched off'})`);
  throw new WirebookError(
    'SOAR_SELECT_VALUE_UNKNOWN',
    `field "${field.name}" has no value ${describeValue(given)}; it has ${known.join(', ') || 'none, for it is no select field'}`,
  );
}
