import { isJsonObject } from '@wirebook/errors';
import type { TraceEvent, TraceEventType } from './trace-event.ts';

const eventTypes: Readonly<Record<TraceEventType, true>> = {
  'attempt.started': true,
  'step.started': true,
  'step.reused': true,
  'step.emitted': true,
  'step.finished': true,
  'step.failed': true,
  'step.retried': true,
  'step.late': true,
  'call.attempted': true,
  'step.logged': true,
  'debug.printed': true,
  'reply.made': true,
  'reply.refused': true,
  'reply.absorbed': true,
  'reply.confirmed': true,
  'message.taken-over': true,
  'run.detached': true,
  'run.finished': true,
  'message.settled': true,
};

/**
 * The events in the JSON text of a stored part, which this package wrote. What is no event of ours is left out, so that a trace of
 * another version or a damaged one still shows the rest.
 */
export function readTraceEvents(json: string): readonly TraceEvent[] {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed.filter(isTraceEvent) : [];
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
}

function isTraceEvent(value: unknown): value is TraceEvent {
  return (
    isJsonObject(value) &&
    typeof value.type === 'string' &&
    Object.hasOwn(eventTypes, value.type) &&
    typeof value.seq === 'number' &&
    typeof value.atMs === 'number'
  );
}
