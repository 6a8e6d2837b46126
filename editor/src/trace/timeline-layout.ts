import type { CallView, RunView, StepView } from '@wirebook/trace';

/** All positions are shares of the width of the axis, 0 to 1. */
export interface Timeline {
  readonly axis: readonly { readonly at: number; readonly label: string }[];
  /** Stretches of time in which nothing ran, drawn shorter than they were. */
  readonly breaks: readonly { readonly at: number; readonly width: number; readonly durationMs: number }[];
  readonly attempts: readonly { readonly at: number; readonly attempt: number; readonly reason: string }[];
  readonly lines: readonly TimelineLine[];
  readonly replies: readonly { readonly at: number; readonly index: number }[];
}

export interface TimelineLine {
  /** Of the step: {@link toStepKey}. */
  readonly key: string;
  readonly step: StepView;
  readonly bar: { readonly at: number; readonly width: number };
  /** Waits: before the step began, and between the tries of a call. */
  readonly waits: readonly { readonly at: number; readonly width: number; readonly durationMs: number; readonly why: 'queued' | 'retry' }[];
  readonly ticks: readonly TimelineTick[];
}

interface TimelineTick {
  readonly at: number;
  readonly isGood: boolean;
  readonly label: string;
}

/** A step of a run over all its attempts: ids of steps begin again with each attempt. */
export function toStepKey({ attempt, stepId }: Pick<StepView, 'attempt' | 'stepId'>): string {
  return `${attempt}.${stepId}`;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A gap is drawn shorter when it is longer than this, and longer than what ran. */
const minBreakMs = 2000;
/** What a shortened gap takes of the axis. */
const breakShare = 0.05;
/** Under it a wait is no news. */
const minWaitMs = 2;
/** Narrower than this no hatching can be seen. */
const minWaitShare = 0.015;

/**
 * Bars of all steps on one axis.
 *
 * @param nowMs end of what still runs, milliseconds since the epoch
 */
export function layoutTimeline(view: RunView, nowMs: number): Timeline {
  const spans = view.steps.map((step) => toSpan(step, nowMs));
  const lastMs = Math.max(
    view.startedAtMs + 1,
    view.finishedAtMs ?? 0,
    ...spans.map(({ toMs }) => toMs),
    ...view.replies.map(({ atMs }) => atMs),
  );
  const firstMs = Math.min(view.startedAtMs, ...spans.map(({ fromMs }) => fromMs));
  const scale = createScale({ fromMs: firstMs, toMs: lastMs }, [
    ...spans,
    ...view.replies.map(({ atMs }) => ({ fromMs: atMs, toMs: atMs })),
  ]);
  const stepByKey = new Map(view.steps.map((step) => [toStepKey(step), step]));
  return {
    axis: scale.axis,
    breaks: scale.breaks,
    attempts: view.attempts.map(({ attempt, reason, startedAtMs }) => ({ at: scale.at(startedAtMs), attempt, reason })),
    lines: view.steps.map((step) => layoutStep(step, nowMs, stepByKey, scale)),
    replies: view.replies.map(({ atMs }, index) => ({ at: scale.at(atMs), index })),
  };
}

function layoutStep(step: StepView, nowMs: number, stepByKey: ReadonlyMap<string, StepView>, scale: Scale): TimelineLine {
  const { fromMs, toMs } = toSpan(step, nowMs);
  const parent = step.parentStepId === null ? undefined : stepByKey.get(toStepKey({ attempt: step.attempt, stepId: step.parentStepId }));
  const readyMs =
    parent === undefined ? fromMs : (parent.emissions.findLast(({ atMs }) => atMs <= fromMs)?.atMs ?? parent.endedAtMs ?? fromMs);
  const queued = { fromMs: readyMs, toMs: fromMs, why: 'queued' as const };
  const waits = [queued, ...findRetryWaits(step.calls)].filter((wait) => wait.toMs - wait.fromMs >= minWaitMs);
  return {
    key: toStepKey(step),
    step,
    bar: { at: scale.at(fromMs), width: scale.at(toMs) - scale.at(fromMs) },
    waits: waits
      .map(({ fromMs: waitFromMs, toMs: waitToMs, why }) => {
        const at = scale.at(waitFromMs);
        return { at, width: scale.at(waitToMs) - at, durationMs: waitToMs - waitFromMs, why };
      })
      .filter(({ width }) => width >= minWaitShare),
    ticks: step.calls.map((call, index) => ({
      at: scale.at(call.startedAtMs),
      isGood: isGood(call),
      label: describeCall(
        call,
        step.calls.slice(index + 1).some(({ attempt }) => attempt === call.attempt + 1),
      ),
    })),
  };
}

function toSpan({ startedAtMs, endedAtMs, emissions }: StepView, nowMs: number): Span {
  const toMs = endedAtMs ?? Math.max(nowMs, emissions.at(-1)?.atMs ?? 0);
  return { fromMs: startedAtMs, toMs: Math.max(startedAtMs, toMs) };
}

/** Between the end of a try and the next try of the same call. */
function findRetryWaits(calls: readonly CallView[]): { fromMs: number; toMs: number; why: 'retry' }[] {
  return calls.flatMap((call, index) => {
    const before = calls[index - 1];
    if (before === undefined || call.attempt <= 1) return [];
    return [{ fromMs: before.startedAtMs + before.durationMs, toMs: call.startedAtMs, why: 'retry' as const }];
  });
}

function isGood({ status, code }: CallView): boolean {
  return code === null && status !== null && status < 400;
}

/** `200`, `409, tried again`, `no answer (WEB_TIMEOUT)`. */
export function describeCall({ status, code }: Pick<CallView, 'status' | 'code'>, isTriedAgain: boolean): string {
  const result = status === null ? `no answer${code === null ? '' : ` (${code})`}` : String(status);
  return isTriedAgain ? `${result}, tried again` : result;
}

interface Scale {
  readonly at: (atMs: number) => number;
  readonly axis: Timeline['axis'];
  readonly breaks: Timeline['breaks'];
}

/** From times to places: even, but for gaps that would leave no room for what happened. */
function createScale(whole: Span, busy: readonly Span[]): Scale {
  const idle = findIdle(whole, busy);
  const idleMs = idle.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0);
  const busyMs = Math.max(1, whole.toMs - whole.fromMs - idleMs);
  const cut = idle.filter(({ fromMs, toMs }) => toMs - fromMs > Math.max(minBreakMs, busyMs));
  const cutMs = cut.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0);
  const evenMs = Math.max(1, whole.toMs - whole.fromMs - cutMs);
  const share = Math.min(breakShare, 0.5 / Math.max(1, cut.length));
  const evenShare = 1 - share * cut.length;

  function at(atMs: number): number {
    let even = Math.min(whole.toMs, Math.max(whole.fromMs, atMs)) - whole.fromMs;
    let passed = 0;
    for (const { fromMs, toMs } of cut) {
      const inside = Math.min(toMs, Math.max(fromMs, atMs)) - fromMs;
      even -= inside;
      passed += (inside / (toMs - fromMs)) * share;
    }
    return (even / evenMs) * evenShare + passed;
  }

  const breaks = cut.map(({ fromMs, toMs }) => ({ at: at(fromMs), width: share, durationMs: toMs - fromMs }));
  return { at, axis: markAxis(whole, evenMs, cut, at), breaks };
}

/** Marks in even steps up to the first gap; behind each gap only where time goes on. */
function markAxis(whole: Span, evenMs: number, cut: readonly Span[], at: (atMs: number) => number): Timeline['axis'] {
  const marks: { at: number; label: string }[] = [];
  const add = (atMs: number, limit: number) => {
    const place = at(atMs);
    if (place - (marks.at(-1)?.at ?? -1) >= minMarkDistance && place <= limit)
      marks.push({ at: place, label: formatOffset(atMs - whole.fromMs) });
  };
  const firstGapMs = cut[0]?.fromMs ?? whole.toMs;
  const limit = cut.length === 0 ? 1 : at(firstGapMs) - minMarkDistance;
  const stepMs = findNiceStep(evenMs);
  for (let atMs = whole.fromMs; atMs <= firstGapMs; atMs += stepMs) add(atMs, Math.max(0, limit));
  for (const { toMs } of cut) add(toMs, 1);
  return marks;
}

function findIdle(whole: Span, busy: readonly Span[]): Span[] {
  const idle: Span[] = [];
  let reachedMs = whole.fromMs;
  for (const { fromMs, toMs } of [...busy].sort((left, right) => left.fromMs - right.fromMs)) {
    if (fromMs > reachedMs) idle.push({ fromMs: reachedMs, toMs: fromMs });
    reachedMs = Math.max(reachedMs, toMs);
  }
  return idle;
}

const wishedMarks = 5;
/** Room of a label. */
const minMarkDistance = 0.12;

/** 1, 2 or 5 times a power of ten, so that about five marks stand on the axis. */
function findNiceStep(durationMs: number): number {
  const rough = durationMs / wishedMarks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  return Math.max(1, nice * power);
}

/** `0`, `20 ms`, `1.5 s`, `2 min`: since the start of the run. */
export function formatOffset(offsetMs: number): string {
  if (offsetMs === 0) return '0';
  if (offsetMs < 1000) return `${Math.round(offsetMs)} ms`;
  if (offsetMs < 60_000) return `${Number((offsetMs / 1000).toFixed(2))} s`;
  const minutes = Math.floor(offsetMs / 60_000);
  const seconds = Math.round((offsetMs % 60_000) / 1000);
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`;
}
