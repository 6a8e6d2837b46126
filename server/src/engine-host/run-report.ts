import type { EngineLog, TracePart, TraceSink } from '@wirebook/engine';
import { describeRun, foldRun, readTraceEvents } from '@wirebook/trace';

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
  if (finished?.outcome === 'succeeded') log.info(text, about);
  else log.warn(text, { ...about, code: finished?.errorCode ?? null });
  if (!log.isEnabled('debug')) return;
  const events = readTraceEvents(redactJson(JSON.stringify(part.events)));
  for (const line of describeRun(foldRun(head, events))) log.debug(line);
}
