import type { JsonValue } from '@wirebook/errors';
import type { CallView, ReplyView, RunView, StepView } from './run-view.ts';
import type { TracedValue } from './trace-event.ts';

export interface DescribeRunOptions {
  /** The name of a node; its id when there is none. */
  readonly nameOf?: (nodeId: string) => string | undefined;
  /** UTF-16 units of a value or reply that a line shows. */
  readonly maxValueLength?: number;
}

/** The run as lines for a console, the steps with their times since the start. */
export function describeRun(view: RunView, options: DescribeRunOptions = {}): string[] {
  const printer = createPrinter(view, options);
  return [
    describeHead(view),
    `  trigger: ${describeTrigger(view)}`,
    ...view.attempts.filter(({ attempt }) => attempt > 1).map(({ attempt, reason }) => `  attempt ${attempt}: ${reason}`),
    ...view.steps.flatMap(printer.step),
    ...view.replies.map(printer.reply),
    ...view.refusedReplies.map(({ atMs, error }) => `  ${printer.time(atMs)} reply refused: ${error.code} ${error.message}`),
    ...(view.isDetached ? ['  went on after its completing reply'] : []),
    ...(view.takenOver === null ? [] : [`  ${printer.time(view.takenOver.atMs)} message taken over by the ledger`]),
    ...(view.replyConfirmedAtMs === null ? [] : [`  ${printer.time(view.replyConfirmedAtMs)} completing reply confirmed`]),
    ...(view.settled === null ? [] : [`  ${printer.time(view.settled.atMs)} message settled, ${settledWords[view.settled.how]}`]),
    ...(view.isIncomplete ? ['  some events of this run were not kept'] : []),
  ];
}

const settledWords = {
  'with-reply': 'together with its reply',
  'without-reply': 'without a reply',
  'taken-over': 'it is now in the ledger',
} as const;

const outcomeWords = {
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  'timed-out': 'timed out',
  cancelled: 'was cancelled',
  skipped: 'was skipped',
} as const satisfies Record<RunView['status'], string>;

function describeHead({ head, status, error, durationMs }: RunView): string {
  const time = durationMs === null ? '' : ` after ${formatMs(durationMs)}`;
  const why = error === null ? '' : `: ${error.code} ${error.message}`;
  return `run ${head.runId} of "${head.flowName}" ${outcomeWords[status]}${time}${why}`;
}

function describeTrigger({ head }: RunView): string {
  const name = head.triggerName === null ? '' : ` ${head.triggerName}`;
  const incident = head.incidentId === null ? '' : `, incident ${head.incidentId}`;
  return `${head.triggerKind}${name}${incident}, from ${head.destination}`;
}

function createPrinter(view: RunView, { nameOf, maxValueLength = 120 }: DescribeRunOptions) {
  const time = (atMs: number) => `+${formatMs(Math.max(0, atMs - view.startedAtMs))}`;
  const name = (nodeId: string | null) => (nodeId === null ? '(unknown node)' : (nameOf?.(nodeId) ?? nodeId));
  const cut = (text: string) => (text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text);

  function showValue({ value, sameAs, sizeBytes, truncated }: TracedValue): string {
    if (sameAs !== undefined) return `(${sameAs})`;
    if (value === undefined) return sizeBytes === null ? '(not kept)' : `(not kept, ${sizeBytes} bytes)`;
    return `${cut(toJson(value))}${truncated && sizeBytes !== null ? ` (${sizeBytes} bytes)` : ''}`;
  }

  function step(each: StepView): string[] {
    const attempt = each.attempt > 1 ? ` (attempt ${each.attempt})` : '';
    const duration = each.durationMs === null ? 'not ended' : formatMs(each.durationMs);
    return [
      `  ${time(each.startedAtMs)} ${name(each.nodeId)}${attempt}: ${each.isReused ? 'output of an earlier attempt' : duration}`,
      ...each.calls.map((call) => `      ${describeCall(call)}`),
      ...each.logs.map(({ level, text }) => `      ${level}: ${cut(text)}`),
      ...each.prints.map(({ label, output }) => `      ${label} = ${showValue(output)}`),
      ...each.retries.map(
        ({ attempt, error, waitMs }) => `      try ${attempt} failed with ${error.code}: ${error.message}; again after ${formatMs(waitMs)}`,
      ),
      ...each.emissions.map(({ port, output }) => `      -> ${port} ${showValue(output)}`),
      ...(each.error === null ? [] : [`      error ${each.error.code}: ${each.error.message}${each.isErrorHandled ? ' (handled)' : ''}`]),
      ...each.late.map(({ what }) => `      its ${what} came too late and was refused`),
    ];
  }

  function reply({ atMs, kind, text, fate }: ReplyView): string {
    if (fate === 'absorbed') return `  ${time(atMs)} ${kind} reply: an earlier attempt had sent it`;
    if (fate === 'unheard') return `  ${time(atMs)} ${kind} reply: not sent, nobody waits for one`;
    return `  ${time(atMs)} ${kind} reply: ${cut(text)}${fate === 'dropped' ? ' (dropped: its step failed)' : ''}`;
  }

  return { time, step, reply };
}

function describeCall({ method, url, attempt, durationMs, status, code, waitMs }: CallView): string {
  const result = status === null ? (code ?? 'no answer') : `${status}${code === null ? '' : ` ${code}`}`;
  return `${method} ${url} -> ${result} in ${formatMs(durationMs)}${attempt > 1 ? ` (try ${attempt})` : ''}${waitMs === undefined ? '' : `, after waiting ${formatMs(waitMs)}`}`;
}

function formatMs(durationMs: number): string {
  if (durationMs < 10_000) return `${Math.round(durationMs * 10) / 10} ms`;
  return `${Math.round(durationMs / 100) / 10} s`;
}

function toJson(value: JsonValue): string {
  return JSON.stringify(value);
}
