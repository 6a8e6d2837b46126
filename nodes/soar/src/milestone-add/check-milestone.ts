import type { ConfigOf } from '@wirebook/node-kit';
import { findNewAmong } from '../new-among.ts';
import type { soarMilestoneAdd } from './descriptor.ts';

/** Looks for the milestone by its title, among those that were not there before the write. */
export const milestoneCheck = findNewAmong<ConfigOf<typeof soarMilestoneAdd>>({
  path: ({ incidentId }) => `/incidents/${incidentId}/milestones`,
  isSame: ({ title }, config) => title === config.title,
  word: 'milestones',
});
