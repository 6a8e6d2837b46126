import { WirebookError } from '@wirebook/errors';
import { describeValue, type Execute } from '@wirebook/node-kit';
import type { coreSwitch } from './descriptor.ts';

export const executeSwitch: Execute<typeof coreSwitch> = ({ config, message, emit }) => {
  const ports = new Set<string>();
  for (const [index, { port, when }] of config.cases.entries()) {
    if (typeof when !== 'boolean') {
      throw new WirebookError(
        'NODE_INPUT_INVALID',
        `case "${port}" (cases.${index}.when) gave ${describeValue(when)}; it must give true or false, for example with a comparison`,
      );
    }
    if (when) ports.add(port);
    if (when && config.mode === 'first') break;
  }
  if (ports.size === 0) emit('otherwise', message);
  for (const port of ports) emit(port, message);
};
