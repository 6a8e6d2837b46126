import { WirebookError } from '@wirebook/errors';
import { describeValue, type Execute } from '@wirebook/node-kit';
import type { coreFilter } from './descriptor.ts';

export const executeFilter: Execute<typeof coreFilter> = ({ config, message, emit }) => {
  const { when } = config;
  if (typeof when !== 'boolean') {
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `field "when" gave ${describeValue(when)}; it must give true or false, for example with a comparison`,
    );
  }
  emit(when ? 'out' : 'rejected', message);
};
