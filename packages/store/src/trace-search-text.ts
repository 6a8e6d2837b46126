import type { RunHead, TraceEvent } from '@wirebook/trace';

/** What of a run's head is found by a search. */
export type HeadWords = Pick<
  RunHead,
  'runId' | 'flowId' | 'flowName' | 'destination' | 'messageId' | 'correlationId' | 'triggerName' | 'incidentId'
>;

/** The words under which a part of a run is found: of head, trigger, errors, logs, replies, calls and values. */
export function toSearchText({
  head,
  triggerBody,
  events,
}: {
  head: HeadWords;
  triggerBody: Uint8Array | null;
  events: readonly TraceEvent[];
}): string {
  const words: (string | number | null)[] = [
    ...[head.runId, head.flowId, head.flowName, head.destination, head.messageId, head.correlationId, head.triggerName, head.incidentId],
    triggerBody === null ? null : new TextDecoder().decode(triggerBody.subarray(0, maxTextLength)),
    ...events.flatMap(listWords),
  ];
  return words
    .filter((word) => word !== null)
    .join('\n')
    .slice(0, maxTextLength);
}

const maxTextLength = 32_768;

function listWords(event: TraceEvent): (string | null)[] {
  switch (event.type) {
    case 'step.started':
    case 'step.reused':
      return [event.nodeId];
    case 'step.emitted':
      return [event.port, toText(event.output.value)];
    case 'debug.printed':
      return [event.label, toText(event.output.value)];
    case 'step.failed':
    case 'step.retried':
    case 'reply.refused':
      return [event.error.code, event.error.message];
    case 'call.attempted':
      return [event.method, event.url, event.code, event.status === null ? null : String(event.status)];
    case 'step.logged':
      return [event.text];
    case 'reply.made':
      return [event.kind, event.text];
    case 'reply.absorbed':
      return [event.kind];
    case 'run.finished':
      return [event.outcome, event.error?.code ?? null, event.error?.message ?? null];
    case 'attempt.started':
    case 'step.finished':
    case 'step.late':
    case 'reply.confirmed':
    case 'message.taken-over':
    case 'run.detached':
    case 'message.settled':
      return [];
    default:
      return event satisfies never;
  }
}

function toText(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
