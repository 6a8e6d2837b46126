import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { coreSplit } from './descriptor.ts';

export const executeSplit: Execute<typeof coreSplit> = ({ config, message, emit }) => {
  const items = toList(config.items === undefined ? message : config.items);
  if (items.length > config.maxParts) {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `field "items" gave a list of ${items.length}; at most ${config.maxParts} are split (field "maxParts")`,
    );
  }
  items.forEach((item, index) => {
    emit('out', config.part === 'item' ? item : { item, index, count: items.length });
  });
};

function toList(value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  return value === null ? [] : [value];
}
