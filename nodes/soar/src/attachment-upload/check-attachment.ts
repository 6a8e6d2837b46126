import { isJsonObject } from '@wirebook/errors';
import type { ConfigOf } from '@wirebook/node-kit';
import { toPlainFileName } from '@wirebook/node-kit';
import { attachmentPath } from '../attachment-path.ts';
import { findNewAmong } from '../new-among.ts';
import type { soarAttachmentUpload } from './descriptor.ts';

type UploadConfig = ConfigOf<typeof soarAttachmentUpload>;

/** Looks for the attachment by its name, among those that were not there before the write. */
export const attachmentCheck = findNewAmong<UploadConfig>({
  path: attachmentPath,
  isSame: ({ name }, config) => name === findName(config),
  word: 'attachments',
});

function findName({ name, file }: UploadConfig): unknown {
  if (name !== '') return toPlainFileName(name);
  return isJsonObject(file) ? file.name : null;
}
