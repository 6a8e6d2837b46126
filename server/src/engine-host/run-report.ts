import type { EngineLog, TracePart, TraceSink } from '@wirebook/engine';
import { describeRun, foldRun, readTraceEvents, type TraceEvent } from '@wirebook/trace';

const maxErrorLength = 1000;

export interface RunReportOptions {
  readonly log: EngineLog;
  /** For the values of a run; before they are cut for a line, since a part of a secret is not recognised. */
  readonly redactJson: (json: string) => string;
}

/** Puts a line a run into the log, and at DEBUG one for each step, reply and call. */
export function createRunReport(sink: TraceSink, options: RunReportOptions): TraceSink {
  return {
    append: (part) => {
      sink.append(part);
      if (part.finished !== null && options.log.isEnabled('info')) report(part, options);
    },
  };
}

function report(part: TracePart, { log, redactJson }: RunReportOptions): void {
  const { head, finished } = part;
  const about = { runId: head.runId, flow: head.flowName, trigger: head.triggerName, incident: head.incidentId };
  const text = `run of "${head.flowName}" ${finished?.outcome ?? 'goes on'}`;
  if (finished?.outcome === 'succeeded') {
    log.info(text, about);
    if (!log.isEnabled('debug')) return;
  }
  const events = readTraceEvents(redactJson(JSON.stringify(part.events)));
  if (finished?.outcome !== 'succeeded') log.warn(text, { ...about, code: finished?.errorCode ?? null, ...describeFailure(events) });
  if (!log.isEnabled('debug')) return;
  for (const line of describeRun(foldRun(head, events))) log.debug(line);
}

/** Which node failed, and why, in words. */
function describeFailure(events: readonly TraceEvent[]): { readonly node?: string; readonly error?: string } {
  const end = events.findLast((event) => event.type === 'run.finished');
  if (end?.type !== 'run.finished' || end.error === null) return {};
  const failed = events.findLast((event) => event.type === 'step.failed' && !event.handled);
  const stepId = failed?.type === 'step.failed' ? failed.stepId : null;
  const step = events.find((event) => (event.type === 'step.started' || event.type === 'step.reused') && event.stepId === stepId);
  const { message } = end.error;
  return {
    ...(step === undefined || !('nodeId' in step) ? {} : { node: step.nodeId }),
    error: message.length > maxErrorLength ? `${message.slice(0, maxErrorLength)}…` : message,
  };
}
