import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type ConfigOf, describeValue, type Execute, setField } from '@wirebook/node-kit';
import { toDateText, toMilliseconds } from './date-text.ts';
import type { coreConvert } from './descriptor.ts';
import { toCleanHtml, toMarkdown, toPlainText, toRichText } from './rich-text.ts';

type ConvertConfig = ConfigOf<typeof coreConvert>;

/** What each conversion takes texts of is bounded, for they run in the engine's own thread. */
const longestText = 2_000_000;
const yes: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'y', 'on', 'confirm', 'agree']);

export const executeConvert: Execute<typeof coreConvert> = ({ config, message, emit }) => {
  const result = convert(config.value === undefined ? message : config.value, config);
  emit('out', config.path === '' ? result : setField(message, config.path, result));
};

/** Nothing stays nothing, so that an empty field of an incident needs no switch before it. */
function convert(value: JsonValue, config: ConvertConfig): JsonValue {
  if (value === null) return config.conversion === 'text-to-boolean' ? false : null;
  switch (config.conversion) {
    case 'html-to-text':
      return toPlainText(requireText(value));
    case 'html-to-markdown':
      return toMarkdown(requireText(value));
    case 'markdown-to-html':
      return toRichText(requireText(value));
    case 'clean-html':
      return toCleanHtml(requireText(value));
    case 'date-to-text':
      return toDateText(value, { format: config.dateFormat, zone: config.zone });
    case 'text-to-date':
      return toMilliseconds(value, config.zone);
    case 'text-to-json':
      return typeof value === 'string' ? parseJsonText(value) : value;
    case 'text-to-boolean':
      return typeof value === 'boolean' ? value : yes.has(requireText(value).trim().toLowerCase());
    case 'obscure':
      return obscure(requireText(value), config.keep);
  }
}

/** A rich text may come as an object with its content; numbers are texts, too. */
function requireText(value: JsonValue): string {
  const text = isJsonObject(value) ? value.content : value;
  if (typeof text === 'number') return String(text);
  if (typeof text !== 'string') throw new WirebookError('NODE_INPUT_INVALID', `field "value": it got ${describeValue(value)}; give a text`);
  if (text.length > longestText) {
    const sizes = `${text.length.toLocaleString('en')} characters; at most ${longestText.toLocaleString('en')} are converted`;
    throw new WirebookError('NODE_INPUT_INVALID', `field "value": the text has ${sizes}`);
  }
  return text;
}

function parseJsonText(text: string): JsonValue {
  // Line ends and tabs inside texts make JSON invalid; people paste them all the same.
  const cleaned = requireText(text)
    .replace(/^\uFEFF/, '')
    .replaceAll(/\p{Cc}/gu, ' ');
  try {
    return JSON.parse(cleaned);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new WirebookError('NODE_INPUT_INVALID', `field "value": the text is no JSON (${reason}); look at quotes and commas`, thrown);
  }
}

/** Short texts are hidden as a whole: what is left must not be most of it. */
function obscure(text: string, keep: number): string {
  const characters = [...text];
  const shown = characters.length > keep * 2 ? keep : 0;
  const hidden = '*'.repeat(Math.min(characters.length - shown, 8));
  return shown === 0 ? hidden : `${hidden}${characters.slice(-shown).join('')}`;
}
