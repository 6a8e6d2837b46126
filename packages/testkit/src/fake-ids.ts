import type { IdSource } from '@wirebook/node-kit';

/** Ids in counting order, as long as real ones: `id00000000000000000001`. */
export function createFakeIds(prefix = 'id'): IdSource {
  let count = 0;
  return {
    nextId() {
      count += 1;
      return `${prefix}${String(count).padStart(22 - prefix.length, '0')}`;
    },
  };
}
