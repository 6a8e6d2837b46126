import { type JsonValue, WirebookError } from '@wirebook/errors';
import { type Execute, setField } from '@wirebook/node-kit';
import type { coreTemplate } from './descriptor.ts';

export const executeTemplate: Execute<typeof coreTemplate> = ({ config, message, emit }) => {
  const value = config.format === 'json' ? parseJson(config.text) : config.text;
  emit('out', config.path === '' ? value : setField(message, config.path, value));
};

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const way = 'put values in as {{ $string(value) }}, which quotes a text, and look at commas';
    throw new WirebookError('NODE_INPUT_INVALID', `field "text": the filled text is no JSON (${reason}); ${way}`, thrown);
  }
}
