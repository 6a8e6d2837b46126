import type { Execute } from '@wirebook/node-kit';
import { getFileId } from '@wirebook/node-kit';
import { encodeArtifact } from '../encode-artifact.ts';
import type { soarArtifactUpload } from './descriptor.ts';

export const executeArtifactUpload: Execute<typeof soarArtifactUpload> = async ({ config, services, emit }) => {
  const { incidentId, file = null, timeoutMs } = config;
  getFileId(file);
  const { handle, read } = await services.files.open(file);
  const value = config.value === '' ? handle.name : config.value;
  const artifact = await encodeArtifact({ ...config, value }, services.platform.catalogue);
  const { body } = await services.platform.request({
    method: 'POST',
    path: `/incidents/${incidentId}/artifacts/files`,
    timeoutMs,
    handleFormat: 'names',
    upload: {
      field: 'file',
      fileName: handle.name,
      contentType: handle.contentType,
      content: { sizeBytes: handle.sizeBytes, read },
      parts: { artifact: JSON.stringify(artifact) },
    },
  });
  // Some servers answer with a list of the one.
  emit('out', Array.isArray(body) ? (body[0] ?? null) : body);
};
