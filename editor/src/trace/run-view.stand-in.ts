import type { CallView, RunView, StepView } from '@wirebook/trace';
import { makeRunRow } from './run-row.stand-in.ts';

/** A step that ran from 0 to 10 ms after the start of the run. */
export function makeStep(step: Partial<StepView> & { readonly stepId: number }): StepView {
  return {
    attempt: 1,
    nodeId: `n${step.stepId}`,
    parentStepId: null,
    input: null,
    status: 'finished',
    isReused: false,
    startedAtMs: 1000,
    endedAtMs: 1010,
    durationMs: 10,
    emissions: [],
    calls: [],
    logs: [],
    prints: [],
    retries: [],
    error: null,
    isErrorHandled: false,
    late: [],
    ...step,
  };
}

export function makeCall(call: Partial<CallView>): CallView {
  return { startedAtMs: 1000, durationMs: 2, attempt: 1, method: 'GET', url: 'https://soar/rest', status: 200, code: null, ...call };
}

export function makeEmission(port: string, atMs: number): StepView['emissions'][number] {
  return { atMs, port, output: { value: null, sizeBytes: 4, truncated: false } };
}

/** A run that began at 1000 ms. */
export function makeRunView(view: Partial<RunView>): RunView {
  return {
    head: makeRunRow({ runId: 'r1' }).head,
    status: 'succeeded',
    error: null,
    startedAtMs: 1000,
    finishedAtMs: 1100,
    durationMs: 100,
    attempts: [{ attempt: 1, reason: 'delivered', startedAtMs: 1000 }],
    steps: [],
    replies: [],
    refusedReplies: [],
    isCompleted: true,
    isDetached: false,
    settled: null,
    takenOver: null,
    replyConfirmedAtMs: null,
    isIncomplete: false,
    ...view,
  };
}
