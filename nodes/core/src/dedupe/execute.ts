import { WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { coreDedupe } from './descriptor.ts';

export const executeDedupe: Execute<typeof coreDedupe> = ({ config, message, services, emit }) => {
  if (config.key === undefined || config.key === null) {
    throw new WirebookError('NODE_INPUT_INVALID', 'field "key": it gave nothing; without a key it cannot be told what repeats what');
  }
  const isFirst = services.waits.claim({ key: JSON.stringify(config.key), windowMs: config.windowMs });
  emit(isFirst ? 'out' : 'repeated', message);
};
