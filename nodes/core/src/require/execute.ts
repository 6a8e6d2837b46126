import { type JsonValue, WirebookError } from '@wirebook/errors';
import { type Execute, findAtPath, parseOwnPath } from '@wirebook/node-kit';
import type { coreRequire } from './descriptor.ts';

export const executeRequire: Execute<typeof coreRequire> = ({ config, message, emit }) => {
  const holder = config.of === undefined ? message : config.of;
  const missing = config.fields.flatMap(({ field, placeholder }) => {
    const value = findAtPath(holder, parseOwnPath(field));
    if (!isThere(value)) return [`"${field}" has no value`];
    return placeholder !== '' && value === placeholder ? [`"${field}" still has the placeholder "${placeholder}"`] : [];
  });
  if (missing.length > 0) throw new WirebookError('NODE_INPUT_INVALID', `${missing.join(', ')}; fill in what is missing and try again`);
  emit('out', message);
};

/** 0 and false are values; an empty text, list or rich text is none. */
function isThere(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}
