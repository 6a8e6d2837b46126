import type { JsonObject } from '@wirebook/errors';
import type { ConfigOf, FieldDefinition, PlatformCatalogue } from '@wirebook/node-kit';
import { encodeFieldValue } from '../encode-field-value.ts';
import { getField } from '../find-field.ts';
import type { soarArtifactAdd } from './descriptor.ts';

export type ArtifactConfig = ConfigOf<typeof soarArtifactAdd>;

/** @throws SOAR_FIELD_UNKNOWN when the platform defines no artifact types. */
export async function getTypeField(catalogue: PlatformCatalogue): Promise<FieldDefinition> {
  return getField((await catalogue.listFields('artifact')) ?? [], 'type', 'artifact');
}

/**
 * What the platform takes.
 *
 * @throws SOAR_SELECT_VALUE_UNKNOWN with the types that there are, NODE_INPUT_INVALID.
 */
export async function encodeArtifact(
  { artifactType, value, description }: ArtifactConfig,
  catalogue: PlatformCatalogue,
): Promise<JsonObject> {
  const type = encodeFieldValue(await getTypeField(catalogue), artifactType);
  return { type, value, ...(description === '' ? {} : { description: { format: 'text', content: description } }) };
}
