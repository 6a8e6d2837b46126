import type { JsonObject, JsonValue } from '@wirebook/errors';
import type { FieldDefinition, PlatformCatalogue } from '@wirebook/node-kit';
import { encodeFieldValue } from './encode-field-value.ts';
import { getField } from './find-field.ts';

/** An artifact as forms give it. */
export interface ArtifactValues {
  readonly artifactType?: JsonValue | undefined;
  readonly value: string;
  /** Empty: none. */
  readonly description: string;
}

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
  { artifactType, value, description }: ArtifactValues,
  catalogue: PlatformCatalogue,
): Promise<JsonObject> {
  const type = encodeFieldValue(await getTypeField(catalogue), artifactType ?? null);
  return { type, value, ...(description === '' ? {} : { description: { format: 'text', content: description } }) };
}
