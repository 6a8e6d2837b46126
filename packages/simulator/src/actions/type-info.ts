import type { JsonObject } from '../json-value.ts';
import type { ObjectType } from '../platform/object-type.ts';
import type { Organisation } from '../platform/organisation.ts';

/** What an action message says about the types in it: field ids, and the labels of select values keyed by the id as text. */
export function toTypeInfo(org: Organisation, types: readonly ObjectType[]): JsonObject {
  return Object.fromEntries(types.map((type) => [type.name, { type_id: type.id, fields: toFields(org, type) }]));
}

function toFields(org: Organisation, type: ObjectType): JsonObject {
  return Object.fromEntries(
    [...type.fields.values()].map((field) => {
      const options = org.optionsOf(field).map(({ value, label, enabled }) => [String(value), { value, label, enabled }]);
      return [field.name, { id: field.id, values: Object.fromEntries(options) }];
    }),
  );
}
