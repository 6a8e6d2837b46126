import type { Execute } from '@wirebook/node-kit';
import type { coreDebug } from './descriptor.ts';

export const executeDebug: Execute<typeof coreDebug> = ({ config, message, emit, log }) => {
  log.print(config.label, config.value === undefined ? message : config.value, config.enabled);
  emit('out', message);
};
