import { WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import { attachmentPath } from '../attachment-path.ts';
import type { soarAttachmentList } from './descriptor.ts';

export const executeAttachmentList: Execute<typeof soarAttachmentList> = async ({ config, services, emit }) => {
  const path = attachmentPath(config);
  const { body } = await services.platform.request({ method: 'GET', path });
  if (!Array.isArray(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no list of attachments`);
  if (config.output === 'list') emit('out', body);
  else for (const each of body) emit('each', each);
};
