import type { EngineLog } from '@wirebook/engine';
import type { TraceCounts } from '@wirebook/store';

/** Tells the log that traces are lost: runs go on without them, so that nothing else would. */
export interface TraceWatch {
  /** To be called now and then. */
  look(counts: TraceCounts): void;
}

export function createTraceWatch(log: Pick<EngineLog, 'warn'>): TraceWatch {
  let knownCount = 0;
  let isRefusing = false;

  return {
    look: (counts) => {
      const totalCount = countDroppedParts(counts);
      const count = totalCount - knownCount;
      knownCount = totalCount;
      if (count > 0) log.warn(`traces are incomplete: ${count} parts were not kept, ${totalCount} so far`, { count, totalCount });
      const { lastError, pendingParts } = counts;
      if (lastError !== null && !isRefusing) log.warn(`traces cannot be written: ${lastError}; runs go on without them`, { pendingParts });
      isRefusing = lastError !== null;
    },
  };
}

/** Parts and values of traces that were not kept. */
export function countDroppedParts({ drops, unwritableParts }: TraceCounts): number {
  return drops.payloads + drops.succeededRuns + drops.unfinishedRuns + drops.failedRuns + unwritableParts;
}
