import { WirebookError } from '@wirebook/errors';
import { describeValue, type Execute } from '@wirebook/node-kit';
import type { coreSwitch } from './descriptor.ts';

/** They are there for every switch and mean something else. */
const takenPorts: readonly string[] = ['error', 'otherwise'];

export const executeSwitch: Execute<typeof coreSwitch> = ({ config, message, emit }) => {
  const ports = new Set<string>();
  for (const [index, { port, when }] of config.cases.entries()) {
    if (typeof when !== 'boolean') {
      throw new WirebookError(
        'NODE_INPUT_INVALID',
        `case "${port}" (cases.${index}.when) gave ${describeValue(when)}; it must give true or false, for example with a comparison`,
      );
    }
    if (takenPorts.includes(port)) {
      throw new WirebookError('NODE_INPUT_INVALID', `field "cases.${index}.port": a case cannot be called "${port}"; choose another name`);
    }
    if (when) ports.add(port);
    if (when && config.mode === 'first') break;
  }
  if (ports.size === 0) emit('otherwise', message);
  for (const port of ports) emit(port, message);
};
