import { isJsonObject, type JsonValue } from '@wirebook/errors';
import { type FileService, findContentType, type PlatformCalls } from '@wirebook/node-kit';

export interface SavedContent {
  /** What the platform tells of the file: name and content_type. */
  readonly facts: JsonValue;
  /** Where it tells no name. */
  readonly fallbackName: string;
  /** Answers the content. */
  readonly path: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/**
 * Keeps a file of the platform beside the run, and gives its handle.
 *
 * @throws FILE_TOO_LARGE, FILE_SPACE_FULL and what the platform refuses with.
 */
export async function saveContent(
  { platform, files }: { readonly platform: PlatformCalls; readonly files: FileService },
  { facts, fallbackName, path, maxBytes, timeoutMs }: SavedContent,
): Promise<JsonValue> {
  const told = isJsonObject(facts) ? facts : {};
  const name = typeof told.name === 'string' && told.name !== '' ? told.name : fallbackName;
  const contentType = typeof told.content_type === 'string' && told.content_type !== '' ? told.content_type : findContentType(name);
  let file: JsonValue = null;
  await platform.request({
    method: 'GET',
    path,
    timeoutMs,
    takeContent: async ({ read }) => {
      file = await files.save({ name, contentType, content: read, maxBytes });
    },
  });
  return file;
}
