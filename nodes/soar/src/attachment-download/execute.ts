import type { Execute } from '@wirebook/node-kit';
import { attachmentPath } from '../attachment-path.ts';
import { saveContent } from '../save-content.ts';
import type { soarAttachmentDownload } from './descriptor.ts';

export const executeAttachmentDownload: Execute<typeof soarAttachmentDownload> = async ({ config, services, emit }) => {
  const path = `${attachmentPath(config)}/${config.attachmentId}`;
  const { body: facts } = await services.platform.request({ method: 'GET', path });
  emit(
    'out',
    await saveContent(services, { ...config, facts, fallbackName: `attachment-${config.attachmentId}`, path: `${path}/contents` }),
  );
};
