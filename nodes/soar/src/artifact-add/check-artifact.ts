import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigOf, WriteCheck, WriteCheckContext } from '@wirebook/node-kit';
import { getTypeField } from '../encode-artifact.ts';
import { encodeFieldValue } from '../encode-field-value.ts';
import { findSelectId } from '../encode-select-value.ts';
import type { soarArtifactAdd } from './descriptor.ts';

type ArtifactConfig = ConfigOf<typeof soarArtifactAdd>;

/**
 * Looks among the artifacts of the incident for those that the step would have added: of its type, with its value or a line of it. Those
 * that are there before the write are kept, and do not count.
 */
export const artifactCheck: WriteCheck<ArtifactConfig, 'out'> = {
  mark: async (context) => ({ idsBefore: (await findLike(context)).map(({ artifact }) => artifact.id ?? null) }),
  find: async (context, { mark }) => {
    const idsBefore: readonly JsonValue[] | undefined = isJsonObject(mark) && Array.isArray(mark.idsBefore) ? mark.idsBefore : undefined;
    if (idsBefore === undefined) return { written: 'unknown', reason: 'it is not on record which artifacts were there before' };
    const added = (await findLike(context)).filter(({ artifact }) => !idsBefore.includes(artifact.id ?? null));
    const same = added.filter(({ isSame }) => isSame).map(({ artifact }) => artifact);
    if (same.length > 0) return { written: true, emissions: [{ port: 'out', message: same }] };
    const [close] = added;
    if (close === undefined) return { written: false };
    return { written: 'unknown', reason: `artifact ${JSON.stringify(close.artifact.id)} differs from the value only in capitals` };
  },
};

interface LikeArtifact {
  readonly artifact: JsonObject;
  /** False: the platform may have made this of the value, or not. */
  readonly isSame: boolean;
}

async function findLike({ config, services }: WriteCheckContext<ArtifactConfig>): Promise<readonly LikeArtifact[]> {
  const { platform } = services;
  const field = await getTypeField(platform.catalogue);
  const typeId = encodeFieldValue(field, config.artifactType);
  const path = `/incidents/${config.incidentId}/artifacts`;
  const { body } = await platform.request({ method: 'GET', path });
  if (!Array.isArray(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no list of artifacts`);
  const values = new Set([config.value, ...config.value.split(/\r?\n/)].map((line) => line.trim()).filter((line) => line !== ''));
  const lowered = new Set([...values].map((line) => line.toLowerCase()));
  return body.filter(isJsonObject).flatMap((artifact) => {
    const { value, type } = artifact;
    if (typeof value !== 'string' || findSelectId(field, type ?? null) !== typeId) return [];
    const isSame = values.has(value.trim());
    return isSame || lowered.has(value.trim().toLowerCase()) ? [{ artifact, isSame }] : [];
  });
}
