import type { Execute } from '@wirebook/node-kit';
import type { coreDebounce } from './descriptor.ts';

export const executeDebounce: Execute<typeof coreDebounce> = async ({ config, message, services, emit }) => {
  const key = JSON.stringify(config.key ?? null);
  const outcome = await services.waits.wait({ kind: 'debounce', waitMs: config.quietMs, key, skips: !config.keepAll });
  emit(outcome === 'due' ? 'out' : 'skipped', message);
};
