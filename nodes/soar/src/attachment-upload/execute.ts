import type { Execute } from '@wirebook/node-kit';
import { getFileId, toPlainFileName } from '@wirebook/node-kit';
import { attachmentPath } from '../attachment-path.ts';
import type { soarAttachmentUpload } from './descriptor.ts';

export const executeAttachmentUpload: Execute<typeof soarAttachmentUpload> = async ({ config, services, emit }) => {
  const { file = null, name, description, timeoutMs } = config;
  getFileId(file);
  const { handle, read } = await services.files.open(file);
  const { body } = await services.platform.request({
    method: 'POST',
    path: attachmentPath(config),
    timeoutMs,
    upload: {
      field: 'file',
      fileName: name === '' ? handle.name : toPlainFileName(name),
      contentType: handle.contentType,
      content: { sizeBytes: handle.sizeBytes, read },
      parts: description === '' ? {} : { description },
    },
  });
  // Some servers answer with a list of the one.
  emit('out', Array.isArray(body) ? (body[0] ?? null) : body);
};
