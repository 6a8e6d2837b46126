import type { TracePart } from '@wirebook/engine';
import type { RunHead, TraceEvent } from '@wirebook/trace';
import type { LiveRow } from './engine-channel.ts';

/** Hears what nodes do, in the order of the events. */
export interface NodeWatch {
  onStarted(nodeId: string, atMs: number): void;
  onFinished(nodeId: string, atMs: number): void;
  onFailed(nodeId: string, atMs: number, reason: string): void;
}

/** The row of a run while it runs: numbers only, so that a part costs one look at each of its events. */
export interface LiveRun {
  readonly head: RunHead;
  attempts: number;
  status: LiveRow['status'];
  errorCode: string | null;
  finishedAtMs: number | null;
  stepCount: number;
  retryCount: number;
  readonly failedNodeIds: string[];
  isCompleted: boolean;
  /** The step whose completing reply leaves when it ends well. */
  completingStep: number | null;
  /** Of the present attempt, by step id. */
  nodeOfStep: string[];
}

export function createLiveRun(head: RunHead): LiveRun {
  return {
    head,
    attempts: 1,
    status: 'running',
    errorCode: null,
    finishedAtMs: null,
    stepCount: 0,
    retryCount: 0,
    failedNodeIds: [],
    isCompleted: false,
    completingStep: null,
    nodeOfStep: [],
  };
}

/** Takes in the events of a part; what the row shows agrees with `foldRun` over the same events. */
export function applyPart(run: LiveRun, part: TracePart, watch: NodeWatch): void {
  run.attempts = Math.max(run.attempts, part.attempt);
  for (const event of part.events) applyEvent(run, event, watch);
}

function applyEvent(run: LiveRun, event: TraceEvent, watch: NodeWatch): void {
  switch (event.type) {
    case 'attempt.started':
      // An attempt after the first takes the run up again, and counts its steps anew.
      run.status = 'running';
      run.finishedAtMs = null;
      run.nodeOfStep = [];
      return;
    case 'step.started':
      run.stepCount += 1;
      run.nodeOfStep[event.stepId] = event.nodeId;
      watch.onStarted(event.nodeId, event.atMs);
      return;
    case 'step.finished': {
      const nodeId = run.nodeOfStep[event.stepId];
      if (nodeId !== undefined) watch.onFinished(nodeId, event.atMs);
      return;
    }
    case 'step.failed':
      failStep(run, event, watch);
      return;
    case 'call.attempted':
      if (event.attempt > 1) run.retryCount += 1;
      return;
    case 'reply.made':
    case 'reply.absorbed':
      if (event.kind === 'status') return;
      run.isCompleted = true;
      run.completingStep = event.type === 'reply.made' ? event.stepId : null;
      return;
    case 'run.finished':
      run.status = event.outcome;
      run.errorCode = event.error?.code ?? null;
      run.finishedAtMs = event.atMs;
      return;
    default:
      return;
  }
}

function failStep(run: LiveRun, event: Extract<TraceEvent, { type: 'step.failed' }>, watch: NodeWatch): void {
  if (run.completingStep === event.stepId) run.isCompleted = false;
  const nodeId = run.nodeOfStep[event.stepId];
  if (nodeId === undefined) return;
  if (!run.failedNodeIds.includes(nodeId)) run.failedNodeIds.push(nodeId);
  watch.onFailed(nodeId, event.atMs, event.error.message);
}

export function toRow(run: LiveRun): LiveRow {
  const { head, attempts, status, errorCode, finishedAtMs, stepCount, retryCount, failedNodeIds, isCompleted } = run;
  const durationMs = finishedAtMs === null ? null : Math.max(0, finishedAtMs - head.startedAtMs);
  return {
    head,
    status,
    attempts,
    errorCode,
    finishedAtMs,
    durationMs,
    stepCount,
    retryCount,
    failedNodeIds: [...failedNodeIds],
    isCompleted,
  };
}
