import { type JsonValue, WirebookError } from '@wirebook/errors';
import { type Execute, findContentType, isFileHandle, type Services } from '@wirebook/node-kit';
import type { coreFileWrite } from './descriptor.ts';

export const executeFileWrite: Execute<typeof coreFileWrite> = async ({ config, message, services, emit }) => {
  const { name, folder } = config;
  const content = await toContent(config.content === undefined ? message : config.content, services);
  const contentType = config.contentType === '' ? findContentType(name) : config.contentType;
  if (config.to === 'message') {
    emit('out', await services.files.save({ name, contentType, content }));
    return;
  }
  if (folder === '') throw new WirebookError('NODE_INPUT_INVALID', 'field "folder": it is empty; choose a folder of app.config');
  const written = await services.folders.write({ folder, name }, content, { replaces: config.whenExists === 'replace' });
  emit('out', { folder, name, contentType, ...written });
};

async function toContent(value: JsonValue, { files }: Services): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> {
  if (isFileHandle(value)) return (await files.open(value)).read();
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return [new TextEncoder().encode(text)];
}
