import type { JsonObject } from '@wirebook/errors';
import type { Clock, ConfigOf, PlatformCatalogue } from '@wirebook/node-kit';
import { assertNoneMissing, encodeChanges, isEmptyValue, withChanges } from '../field-changes.ts';
import type { soarIncidentCreate } from './descriptor.ts';

export type IncidentCreateConfig = ConfigOf<typeof soarIncidentCreate>;

/**
 * What is posted: the fields as the platform takes them, custom ones below their prefix.
 *
 * @throws SOAR_FIELD_REQUIRED naming all that the organisation requires and nobody gives, and as `encodeChanges`.
 */
export async function encodeNewIncident(
  config: IncidentCreateConfig,
  { catalogue, clock }: { readonly catalogue: PlatformCatalogue; readonly clock: Clock },
): Promise<JsonObject> {
  const own = [
    { field: 'name', value: config.name },
    { field: 'discovered_date', value: config.discoveredDate ?? clock.now() },
  ];
  const given = await encodeChanges(catalogue, 'incident', [...own, ...config.fields]);
  const definitions = (await catalogue.listFields('incident')) ?? [];
  const isMissing = (name: string) => isEmptyValue(given.find(({ field }) => field.name === name)?.value);
  assertNoneMissing(
    definitions.filter((field) => field.required === 'always' && isMissing(field.name)),
    'for every incident',
  );
  return withChanges({}, given);
}
