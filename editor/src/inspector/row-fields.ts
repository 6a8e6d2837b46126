import type { ConfigField } from '@wirebook/node-kit';
import type { FieldPath } from './field-path.ts';

const none: Readonly<Record<string, ConfigField>> = {};

/** The fields of the object at a path of a config, as the schema has them. */
export function findRowFields(schema: ConfigField, path: FieldPath): Readonly<Record<string, ConfigField>> {
  let field: ConfigField | undefined = schema;
  for (const key of path) {
    if (field?.type === 'array') field = field.items;
    else if (field?.properties !== undefined && Object.hasOwn(field.properties, key)) field = field.properties[key];
    else return none;
  }
  return field?.properties ?? none;
}
