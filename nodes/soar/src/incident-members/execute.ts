import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute, FieldDefinition } from '@wirebook/node-kit';
import { encodeFieldValue } from '../encode-field-value.ts';
import { getField } from '../find-field.ts';
import type { soarIncidentMembers } from './descriptor.ts';

export const executeIncidentMembers: Execute<typeof soarIncidentMembers> = async ({ config, services, log, emit }) => {
  const definitions = (await services.platform.catalogue.listFields('incident')) ?? [];
  const field = getField(definitions, 'members', 'incident');
  const [add, remove] = [encodePeople(field, config.add), encodePeople(field, config.remove)];
  const both = add.find((person) => remove.includes(person));
  if (both !== undefined)
    throw new WirebookError('NODE_INPUT_INVALID', `fields "add" and "remove": ${JSON.stringify(both)} stands in both; keep one of them`);
  const path = `/incidents/${config.incidentId}/members`;
  const { after, attempts } = await services.platform.readChangeWrite({
    path,
    apply: (current) => {
      const before: readonly JsonValue[] = Array.isArray(current.members) ? current.members : [];
      const members = [...before.filter((person) => !remove.includes(person)), ...add.filter((person) => !before.includes(person))];
      const isSame = members.length === before.length && members.every((person) => before.includes(person));
      return isSame ? undefined : { ...current, members };
    },
  });
  log.info(attempts === 0 ? `incident ${config.incidentId} has these members already` : `incident ${config.incidentId}: members written`);
  emit('out', after);
};

function encodePeople(field: FieldDefinition, people: readonly JsonValue[]): readonly JsonValue[] {
  const encoded = encodeFieldValue(field, [...people]);
  return Array.isArray(encoded) ? encoded : [];
}
