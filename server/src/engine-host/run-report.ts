import type { EngineLog, TracePart, TraceSink } from '@wirebook/engine';
import { describeRun, foldRun } from '@wirebook/trace';

/** Puts a line a run into the log, and at DEBUG one for each step, reply and call. */
export function createRunReport(log: EngineLog): (sink: TraceSink) => TraceSink {
  return (sink) => ({
    append: (part) => {
      sink.append(part);
      if (part.finished !== null && log.isEnabled('info')) report(part, log);
    },
  });
}

function report(part: TracePart, log: EngineLog): void {
  const { head, finished } = part;
  const about = { runId: head.runId, flow: head.flowName, trigger: head.triggerName, incident: head.incidentId };
  const text = `run of "${head.flowName}" ${finished?.outcome ?? 'goes on'}`;
  if (finished?.outcome === 'succeeded') log.info(text, about);
  else log.warn(text, { ...about, code: finished?.errorCode ?? null });
  if (!log.isEnabled('debug')) return;
  for (const line of describeRun(foldRun(head, part.events))) log.debug(line);
}
