import type { JsonValue } from '@wirebook/errors';
import { type Execute, setField } from '@wirebook/node-kit';
import type { coreSet } from './descriptor.ts';

export const executeSet: Execute<typeof coreSet> = ({ config, message, emit }) => {
  let made: JsonValue = config.value === undefined ? (config.keep ? message : {}) : config.value;
  for (const { path, value } of config.fields) made = setField(made, path, value);
  emit('out', made);
};
