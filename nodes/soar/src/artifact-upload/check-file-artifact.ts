import { isJsonObject } from '@wirebook/errors';
import type { ConfigOf } from '@wirebook/node-kit';
import { findNewAmong } from '../new-among.ts';
import type { soarArtifactUpload } from './descriptor.ts';

type UploadConfig = ConfigOf<typeof soarArtifactUpload>;

/** Looks for the artifact by its value, among those that were not there before the write. */
export const fileArtifactCheck = findNewAmong<UploadConfig>({
  path: ({ incidentId }) => `/incidents/${incidentId}/artifacts`,
  isSame: ({ value, attachment }, config) => isJsonObject(attachment ?? null) && value === findValue(config),
  word: 'artifacts',
});

function findValue({ value, file }: UploadConfig): unknown {
  if (value !== '') return value.trim();
  return file !== undefined && isJsonObject(file) ? file.name : null;
}
