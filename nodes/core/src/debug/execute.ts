import type { Execute } from '@wirebook/node-kit';
import type { coreDebug } from './descriptor.ts';

export const executeDebug: Execute<typeof coreDebug> = ({ config, message, emit, log }) => {
  if (config.enabled) log.print(config.label, config.value === undefined ? message : config.value);
  emit('out', message);
};
