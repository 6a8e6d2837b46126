import { WirebookError } from '@wirebook/errors';
import { describeValue, type Execute } from '@wirebook/node-kit';
import type { coreResequence } from './descriptor.ts';

export const executeResequence: Execute<typeof coreResequence> = async ({ config, message, services, emit }) => {
  const { number = null, key, first, waitMs, keptMs } = config;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw new WirebookError('NODE_INPUT_INVALID', `field "number": it got ${describeValue(number)}; give a whole number`);
  }
  const outcome = await services.waits.takeTurn({ key: JSON.stringify(key ?? null), number, first: first ?? null, waitMs, keptMs });
  emit(outcome === 'due' ? 'out' : 'late', message);
};
