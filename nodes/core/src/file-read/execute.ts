import { type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, type Execute, findContentType, type Services } from '@wirebook/node-kit';
import type { coreFileRead } from './descriptor.ts';
import { readText } from './read-text.ts';

type FileReadConfig = ConfigOf<typeof coreFileRead>;

/** Files of runs have a limit of their own. */
const anySize = Number.MAX_SAFE_INTEGER;

export const executeFileRead: Execute<typeof coreFileRead> = async ({ config, services, emit }) => {
  emit('out', config.as === 'file' ? await toHandle(config, services) : await toContent(config, services));
};

async function toHandle(config: FileReadConfig, { files, folders }: Services): Promise<JsonValue> {
  if (config.from === 'message') return (await files.open(getFile(config))).handle;
  const { name } = config;
  const opened = await folders.open(getPlace(config), { maxBytes: anySize });
  const contentType = config.contentType === '' ? findContentType(name) : config.contentType;
  return await files.save({ name, contentType, content: opened.read() });
}

async function toContent(config: FileReadConfig, { files, folders }: Services): Promise<JsonValue> {
  const { maxBytes } = config;
  const opened = config.from === 'message' ? await files.open(getFile(config)) : await folders.open(getPlace(config), { maxBytes });
  const name = 'handle' in opened ? opened.handle.name : config.name;
  const text = await readText(opened.read(), { name, maxBytes });
  if (config.as === 'text') return text;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError('NODE_INPUT_INVALID', `file "${name}" is no JSON (${reason}); read it as text`, thrown);
  }
}

function getPlace({ folder, name }: FileReadConfig): { readonly folder: string; readonly name: string } {
  if (folder === '') throw new WirebookError('NODE_INPUT_INVALID', 'field "folder": it is empty; choose a folder of app.config');
  if (name === '') throw new WirebookError('NODE_INPUT_INVALID', 'field "name": it is empty; give the name of a file in the folder');
  return { folder, name };
}

function getFile({ file }: FileReadConfig): JsonValue {
  return file ?? null;
}
