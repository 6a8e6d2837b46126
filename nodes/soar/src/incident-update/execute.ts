import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, type Execute, type FieldDefinition, type PlatformCatalogue, withAtPath } from '@wirebook/node-kit';
import { encodeFieldValue } from '../encode-field-value.ts';
import { getField, qualifyName } from '../find-field.ts';
import { isSameFieldValue } from '../same-field-value.ts';
import type { soarIncidentUpdate } from './descriptor.ts';

interface FieldChange {
  readonly field: FieldDefinition;
  readonly value: JsonValue;
}

export const executeIncidentUpdate: Execute<typeof soarIncidentUpdate> = async ({ config, services, log, emit }) => {
  const changes = await encodeChanges(services.platform.catalogue, config.fields);
  const { after, attempts } = await services.platform.readChangeWrite({
    path: `/incidents/${config.incidentId}`,
    apply: (current) => applyChanges(current, changes),
  });
  const names = changes.map(({ field }) => qualifyName(field)).join(', ');
  if (attempts === 0) log.info(`incident ${config.incidentId} has these values already, so nothing was written: ${names}`);
  else log.info(`incident ${config.incidentId}: wrote ${names} (${attempts} PUT)`);
  emit('out', after);
};

async function encodeChanges(
  catalogue: PlatformCatalogue,
  fields: ConfigOf<typeof soarIncidentUpdate>['fields'],
): Promise<readonly FieldChange[]> {
  const definitions = (await catalogue.listFields('incident')) ?? [];
  const changes = fields.map(({ field: name, value }) => {
    const field = getField(definitions, name, 'incident');
    return { field, value: encodeFieldValue(field, value) };
  });
  const twice = changes.find((change, index) => changes.findIndex((other) => other.field === change.field) < index);
  if (twice === undefined) return changes;
  throw new WirebookError('NODE_INPUT_INVALID', `field "${qualifyName(twice.field)}" is set twice; keep one of the two`);
}

/** Undefined when the incident has every value already. What is not set goes back as it came. */
function applyChanges(current: JsonObject, changes: readonly FieldChange[]): JsonObject | undefined {
  const needed = changes.filter(({ field, value }) => !isSameFieldValue(field, readField(current, field), value));
  if (needed.length === 0) return undefined;
  return needed.reduce<JsonObject>(
    (incident, { field, value }) => withAtPath(incident, field.prefix === null ? [field.name] : [field.prefix, field.name], value),
    current,
  );
}

function readField(incident: JsonObject, field: FieldDefinition): JsonValue | undefined {
  const holder = field.prefix === null ? incident : incident[field.prefix];
  return isJsonObject(holder) && Object.hasOwn(holder, field.name) ? holder[field.name] : undefined;
}
