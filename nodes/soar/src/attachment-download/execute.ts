import { isJsonObject, type JsonValue } from '@wirebook/errors';
import { type Execute, findContentType } from '@wirebook/node-kit';
import { attachmentPath } from '../attachment-path.ts';
import type { soarAttachmentDownload } from './descriptor.ts';

export const executeAttachmentDownload: Execute<typeof soarAttachmentDownload> = async ({ config, services, emit }) => {
  const path = `${attachmentPath(config)}/${config.attachmentId}`;
  const { body } = await services.platform.request({ method: 'GET', path });
  const facts = isJsonObject(body) ? body : {};
  const name = typeof facts.name === 'string' && facts.name !== '' ? facts.name : `attachment-${config.attachmentId}`;
  const kind = typeof facts.content_type === 'string' && facts.content_type !== '' ? facts.content_type : findContentType(name);
  let file: JsonValue = null;
  await services.platform.request({
    method: 'GET',
    path: `${path}/contents`,
    timeoutMs: config.timeoutMs,
    takeContent: async ({ read }) => {
      file = await services.files.save({ name, contentType: kind, content: read, maxBytes: config.maxBytes });
    },
  });
  emit('out', file);
};
