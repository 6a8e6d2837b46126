import { WirebookError } from '@wirebook/errors';

/**
 * The content as text.
 *
 * @throws FILE_TOO_LARGE beyond `maxBytes`; NODE_INPUT_INVALID when it is not UTF-8.
 */
export async function readText(
  content: AsyncIterable<Uint8Array>,
  { name, maxBytes }: { readonly name: string; readonly maxBytes: number },
): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let sizeBytes = 0;
  try {
    for await (const chunk of content) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) {
        throw new WirebookError(
          'FILE_TOO_LARGE',
          `file "${name}" is larger than ${maxBytes} bytes, the limit maxBytes of the node; hand it on as a file, or raise the limit`,
          undefined,
          { limitBytes: maxBytes },
        );
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw new WirebookError('NODE_INPUT_INVALID', `file "${name}" is no text in UTF-8; hand it on as a file`, thrown);
  }
}
