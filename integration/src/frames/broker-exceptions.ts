import type { FrameExceptions } from './frame-table.ts';

/** Cases of the table that a broker does not keep. */
export const brokerExceptions: Readonly<Record<'embedded' | 'activemq', FrameExceptions>> = {
  embedded: new Set(),
  activemq: new Set(),
};
