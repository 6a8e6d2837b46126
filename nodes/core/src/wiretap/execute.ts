import type { Execute } from '@wirebook/node-kit';
import type { coreWiretap } from './descriptor.ts';

export const executeWiretap: Execute<typeof coreWiretap> = ({ config, message, emit }) => {
  emit('out', message);
  emit('tap', config.value === undefined ? message : config.value);
};
