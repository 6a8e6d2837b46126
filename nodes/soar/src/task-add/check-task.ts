import type { ConfigOf } from '@wirebook/node-kit';
import { findNewAmong } from '../new-among.ts';
import type { soarTaskAdd } from './descriptor.ts';

/** Looks for the task by its name, among those that were not there before the write. */
export const taskCheck = findNewAmong<ConfigOf<typeof soarTaskAdd>>({
  path: ({ incidentId }) => `/incidents/${incidentId}/tasks`,
  isSame: ({ name }, config) => name === config.name,
  word: 'tasks',
});
