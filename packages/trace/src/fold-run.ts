import type { AttemptView, RefusedReplyView, ReplyView, RunView, StepView } from './run-view.ts';
import type { RunHead, TraceEvent } from './trace-event.ts';

type Draft<View> = { -readonly [Key in keyof View]: View[Key] extends readonly (infer Item)[] ? Item[] : View[Key] };

interface RunDraft {
  readonly attempts: AttemptView[];
  readonly steps: Draft<StepView>[];
  readonly stepById: Map<string, Draft<StepView>>;
  readonly replies: (Draft<ReplyView> & { readonly attempt: number })[];
  readonly refusedReplies: RefusedReplyView[];
  attempt: number;
  end: Extract<TraceEvent, { type: 'run.finished' }> | null;
  settled: RunView['settled'];
  takenOver: RunView['takenOver'];
  replyConfirmedAtMs: number | null;
  isDetached: boolean;
}

/** The view of a run. The same in engine, server and browser: nothing but the events counts, in the order of their `seq`. */
export function foldRun(head: RunHead, events: readonly TraceEvent[]): RunView {
  const ordered = [...events].sort((a, b) => a.seq - b.seq);
  const draft: RunDraft = {
    attempts: [],
    steps: [],
    stepById: new Map(),
    replies: [],
    refusedReplies: [],
    attempt: 1,
    end: null,
    settled: null,
    takenOver: null,
    replyConfirmedAtMs: null,
    isDetached: false,
  };
  for (const event of ordered) applyEvent(draft, event);
  const replies = draft.replies.map(({ attempt, ...reply }) => withFate(reply, draft.stepById.get(stepKey(attempt, reply.stepId))));
  const { end } = draft;
  return {
    head,
    status: end?.outcome ?? 'running',
    error: end?.error ?? null,
    startedAtMs: head.startedAtMs,
    finishedAtMs: end?.atMs ?? null,
    durationMs: end === null ? null : Math.max(0, end.atMs - head.startedAtMs),
    attempts: draft.attempts,
    steps: draft.steps,
    replies,
    refusedReplies: draft.refusedReplies,
    isCompleted: replies.some((reply) => reply.kind !== 'status' && reply.fate !== 'dropped'),
    isDetached: draft.isDetached,
    settled: draft.settled,
    takenOver: draft.takenOver,
    replyConfirmedAtMs: draft.replyConfirmedAtMs,
    isIncomplete: hasGap(ordered),
  };
}

function applyEvent(draft: RunDraft, event: TraceEvent): void {
  switch (event.type) {
    case 'attempt.started':
      draft.attempt = event.attempt;
      draft.attempts.push({ attempt: event.attempt, reason: event.reason, startedAtMs: event.atMs });
      // An attempt after the first takes the run up again.
      draft.end = null;
      return;
    case 'run.detached':
      draft.isDetached = true;
      return;
    case 'run.finished':
      draft.end = event;
      return;
    case 'message.taken-over':
      draft.takenOver = { atMs: event.atMs, dueAtMs: event.dueAtMs };
      return;
    case 'reply.confirmed':
      draft.replyConfirmedAtMs = event.atMs;
      return;
    case 'message.settled':
      draft.settled = { atMs: event.atMs, how: event.how };
      return;
    case 'reply.made': {
      const { atMs, stepId, kind, text, sizeBytes } = event;
      draft.replies.push({ atMs, stepId, kind, text, sizeBytes, fate: 'sent', attempt: draft.attempt });
      return;
    }
    case 'reply.absorbed': {
      const { atMs, stepId, kind } = event;
      draft.replies.push({
        atMs,
        stepId,
        kind,
        text: '',
        sizeBytes: 0,
        fate: event.isUnheard === true ? 'unheard' : 'absorbed',
        attempt: draft.attempt,
      });
      return;
    }
    case 'reply.refused':
      draft.refusedReplies.push({ atMs: event.atMs, stepId: event.stepId, error: event.error });
      return;
    default:
      applyStepEvent(getStep(draft, event), event);
  }
}

type StepEvent = Exclude<TraceEvent, { type: 'attempt.started' | `run.${string}` | `message.${string}` | `reply.${string}` }>;

function applyStepEvent(step: Draft<StepView>, event: StepEvent): void {
  const { atMs } = event;
  switch (event.type) {
    case 'step.started':
    case 'step.reused':
      step.nodeId = event.nodeId;
      step.parentStepId = event.parentStepId;
      if (event.type === 'step.reused') step.isReused = true;
      else step.input = event.input ?? null;
      return;
    case 'step.emitted':
      step.emissions.push({ atMs, port: event.port, output: event.output });
      return;
    case 'step.finished':
      endStep(step, 'finished', atMs);
      return;
    case 'step.failed':
      endStep(step, 'failed', atMs);
      step.error = event.error;
      step.isErrorHandled = event.handled;
      return;
    case 'step.retried':
      step.retries.push({ atMs, attempt: event.attempt, error: event.error, waitMs: event.waitMs });
      return;
    case 'step.late':
      step.late.push({ atMs, what: event.what });
      return;
    case 'call.attempted': {
      const { durationMs, attempt, method, url, status, code, waitMs } = event;
      const call = { startedAtMs: atMs - durationMs, durationMs, attempt, method, url, status, code };
      step.calls.push(waitMs === undefined ? call : { ...call, waitMs });
      return;
    }
    case 'step.logged':
      step.logs.push({ atMs, level: event.level, text: event.text });
      return;
    case 'debug.printed':
      step.prints.push({ atMs, label: event.label, output: event.output });
      return;
    default:
      event satisfies never;
  }
}

function getStep(draft: RunDraft, { stepId, atMs }: StepEvent): Draft<StepView> {
  const key = stepKey(draft.attempt, stepId);
  const known = draft.stepById.get(key);
  if (known !== undefined) return known;
  const step: Draft<StepView> = {
    attempt: draft.attempt,
    stepId,
    nodeId: null,
    parentStepId: null,
    input: null,
    status: 'running',
    isReused: false,
    startedAtMs: atMs,
    endedAtMs: null,
    durationMs: null,
    emissions: [],
    calls: [],
    logs: [],
    prints: [],
    retries: [],
    error: null,
    isErrorHandled: false,
    late: [],
  };
  draft.stepById.set(key, step);
  draft.steps.push(step);
  return step;
}

function endStep(step: Draft<StepView>, status: StepView['status'], atMs: number): void {
  step.status = status;
  step.endedAtMs = atMs;
  step.durationMs = Math.max(0, atMs - step.startedAtMs);
}

/** Step ids begin anew with each attempt. */
function stepKey(attempt: number, stepId: number | null): string {
  return `${attempt}:${stepId}`;
}

/** A completing reply leaves only after its step ended well. */
function withFate(reply: ReplyView, step: Draft<StepView> | undefined): ReplyView {
  const isDropped = reply.fate === 'sent' && reply.kind !== 'status' && step?.status === 'failed';
  return isDropped ? { ...reply, fate: 'dropped' } : reply;
}

/** Inside an attempt events are numbered one after the other; only its first event may come after a jump. */
function hasGap(ordered: readonly TraceEvent[]): boolean {
  return ordered.some((event, index) => {
    if (event.type === 'attempt.started') return false;
    const before = ordered[index - 1];
    return before === undefined || event.seq - before.seq > 1;
  });
}
