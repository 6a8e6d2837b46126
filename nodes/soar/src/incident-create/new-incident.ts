import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type Clock, type ConfigOf, type PlatformCatalogue, withAtPath } from '@wirebook/node-kit';
import { encodeFieldValue } from '../encode-field-value.ts';
import { getField, qualifyName } from '../find-field.ts';
import type { soarIncidentCreate } from './descriptor.ts';

export type IncidentCreateConfig = ConfigOf<typeof soarIncidentCreate>;

/**
 * What is posted: the fields as the platform takes them, custom ones below their prefix.
 *
 * @throws SOAR_FIELD_REQUIRED naming all that the organisation requires and nobody gives, SOAR_FIELD_UNKNOWN, and as `encodeFieldValue`.
 */
export async function encodeNewIncident(
  config: IncidentCreateConfig,
  { catalogue, clock }: { readonly catalogue: PlatformCatalogue; readonly clock: Clock },
): Promise<JsonObject> {
  const definitions = (await catalogue.listFields('incident')) ?? [];
  const own: readonly { readonly field: string; readonly value: JsonValue }[] = [
    { field: 'name', value: config.name },
    { field: 'discovered_date', value: config.discoveredDate ?? clock.now() },
  ];
  const given = [...own, ...config.fields].map(({ field: name, value }) => {
    const field = getField(definitions, name, 'incident');
    return { field, value: encodeFieldValue(field, value) };
  });
  const twice = given.find(({ field }, index) => given.findIndex((other) => other.field === field) < index);
  if (twice !== undefined) {
    throw new WirebookError('NODE_INPUT_INVALID', `field "${qualifyName(twice.field)}" is set twice; keep one of the two`);
  }
  const missing = definitions.filter(
    (field) => field.required === 'always' && isEmpty(given.find((each) => each.field === field)?.value ?? null),
  );
  if (missing.length > 0) {
    const names = missing.map((field) => `"${qualifyName(field)}" (${field.label})`).join(', ');
    throw new WirebookError(
      'SOAR_FIELD_REQUIRED',
      `an incident needs a value of ${names}; the organisation requires it for every incident`,
    );
  }
  return given.reduce<JsonObject>(
    (incident, { field, value }) => withAtPath(incident, field.prefix === null ? [field.name] : [field.prefix, field.name], value),
    {},
  );
}

function isEmpty(value: JsonValue): boolean {
  if (isJsonObject(value)) return value.content === '';
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
