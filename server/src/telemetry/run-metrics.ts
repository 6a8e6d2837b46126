import type { TracePart, TraceSink } from '@wirebook/engine';
import type { TraceEvent } from '@wirebook/trace';
import { Counter, Histogram, type Registry } from 'prom-client';

export interface RunMetricsOptions {
  readonly registry: Registry;
  /** Beginning of every address of the platform, e.g. `https://soar.example:443/`. */
  readonly platformOrigin: string;
}

/** Counts and times runs, steps, replies and calls by what their traces say. */
export interface RunMetrics {
  watch(sink: TraceSink): TraceSink;
}

/** Runs that are timed at one time; those beyond are only counted. */
const mostRuns = 5000;
/** Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const secondMs = 1000;

export function createRunMetrics({ registry, platformOrigin }: RunMetricsOptions): RunMetrics {
  const registers = [registry];
  const runs = new Counter({
    name: 'wirebook_runs_total',
    help: 'Attempts of runs that ended.',
    labelNames: ['flow', 'outcome'],
    registers,
  });
  const runSeconds = new Histogram({
    name: 'wirebook_run_duration_seconds',
    help: 'Time of one attempt of a run.',
    labelNames: ['flow'],
    buckets,
    registers,
  });
  const stepSeconds = new Histogram({
    name: 'wirebook_step_duration_seconds',
    help: 'Time of one step.',
    labelNames: ['flow', 'node'],
    buckets,
    registers,
  });
  const failedSteps = new Counter({
    name: 'wirebook_steps_failed_total',
    help: 'Steps that failed, by the code of their error.',
    labelNames: ['flow', 'code'],
    registers,
  });
  const replies = new Counter({ name: 'wirebook_replies_total', help: 'Replies that runs made.', labelNames: ['kind'], registers });
  const calls = new Counter({
    name: 'wirebook_rest_calls_total',
    help: 'Tries of calls outside, by status, or by the code of what went wrong.',
    labelNames: ['target', 'status'],
    registers,
  });
  const startedAt = new Map<string, number>();
  const running = new Map<string, Map<number, { readonly nodeId: string; readonly atMs: number }>>();

  function look({ head, events }: TracePart): void {
    for (const event of events) take(event, head.runId, head.flowId);
  }

  function take(event: TraceEvent, runId: string, flow: string): void {
    switch (event.type) {
      case 'attempt.started':
        if (running.size >= mostRuns) return;
        running.set(runId, new Map());
        startedAt.set(runId, event.atMs);
        return;
      case 'step.started':
        running.get(runId)?.set(event.stepId, { nodeId: event.nodeId, atMs: event.atMs });
        return;
      case 'step.finished':
      case 'step.failed': {
        const step = running.get(runId)?.get(event.stepId);
        running.get(runId)?.delete(event.stepId);
        if (step !== undefined) stepSeconds.observe({ flow, node: step.nodeId }, Math.max(0, event.atMs - step.atMs) / secondMs);
        if (event.type === 'step.failed') failedSteps.inc({ flow, code: event.error.code });
        return;
      }
      case 'call.attempted': {
        const target = event.url.startsWith(platformOrigin) ? 'platform' : 'other';
        calls.inc({ target, status: event.status === null ? (event.code ?? 'none') : String(event.status) });
        return;
      }
      case 'reply.made':
        replies.inc({ kind: event.kind });
        return;
      case 'run.finished': {
        const atMs = startedAt.get(runId);
        startedAt.delete(runId);
        running.delete(runId);
        runs.inc({ flow, outcome: event.outcome });
        if (atMs !== undefined) runSeconds.observe({ flow }, Math.max(0, event.atMs - atMs) / secondMs);
        return;
      }
      default:
        return;
    }
  }

  return {
    watch: (sink) => ({
      append: (part) => {
        sink.append(part);
        look(part);
      },
    }),
  };
}
