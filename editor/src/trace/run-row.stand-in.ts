import type { RunRow } from '@wirebook/api';
import type { RunHead } from '@wirebook/trace';

/** A row of a run that succeeded. */
export function makeRunRow(head: Partial<RunHead> & { readonly runId: string }, row: Partial<RunRow> = {}): RunRow {
  return {
    head: {
      flowId: 'flow',
      flowName: 'Flow',
      flowVersion: 'hash',
      triggerKind: 'function',
      destination: 'fn_main',
      messageId: 'm1',
      correlationId: null,
      triggerName: null,
      incidentId: null,
      startedAtMs: 1000,
      ...head,
    },
    version: 1,
    status: 'succeeded',
    attempts: 1,
    errorCode: null,
    finishedAtMs: 1040,
    durationMs: 40,
    stepCount: 3,
    retryCount: 0,
    failedNodeIds: [],
    isCompleted: true,
    ...row,
  };
}
