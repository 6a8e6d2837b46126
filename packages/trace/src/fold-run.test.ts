import { expect, test } from 'vitest';
import { describeRun } from './describe-run.ts';
import { foldRun } from './fold-run.ts';
import type { RunHead, TraceEvent } from './trace-event.ts';

const head: RunHead = {
  runId: 'R1',
  flowId: 'lookup-model',
  flowName: 'Lookup model',
  flowVersion: 'abc',
  triggerKind: 'function',
  destination: 'actions.201.fn_main',
  messageId: 'ID:1',
  correlationId: 'invid:1',
  triggerName: 'lookup_model_by_id',
  incidentId: 2095,
  startedAtMs: 1000,
};

type Body = TraceEvent extends infer Event ? (Event extends TraceEvent ? Omit<Event, 'seq' | 'atMs'> : never) : never;

/** Numbers the events of an attempt as the engine does. */
function attempt(number: number, ...bodies: readonly (readonly [atMs: number, body: Body])[]): TraceEvent[] {
  return bodies.map(([atMs, body], index) => ({ ...body, seq: number * 1_000_000 + index + 1, atMs }) as TraceEvent);
}

const started = (number: number): Body => ({
  type: 'attempt.started',
  attempt: number,
  reason: number === 1 ? 'delivered' : 'redelivered',
});
const failure = { code: 'HTTP_STATUS', message: 'the server said 503' } as const;
const whole = (value: string) => ({ value, sizeBytes: null, truncated: false }) as const;

const succeeded = attempt(
  1,
  [1000, started(1)],
  [1000, { type: 'step.started', stepId: 1, nodeId: 'n1', parentStepId: null }],
  [1001, { type: 'step.emitted', stepId: 1, port: 'out', output: { sameAs: 'trigger.inputs', sizeBytes: null, truncated: false } }],
  [1001, { type: 'step.finished', stepId: 1 }],
  [1002, { type: 'step.started', stepId: 2, nodeId: 'n2', parentStepId: 1 }],
  [
    1040,
    {
      type: 'call.attempted',
      stepId: 2,
      method: 'PUT',
      url: '/incidents/1',
      attempt: 1,
      durationMs: 30,
      status: 409,
      code: 'SOAR_CONFLICT',
    },
  ],
  [
    1060,
    {
      type: 'call.attempted',
      stepId: 2,
      method: 'PUT',
      url: '/incidents/1',
      attempt: 2,
      durationMs: 15,
      status: null,
      code: 'SOAR_REST_TIMEOUT',
    },
  ],
  [1061, { type: 'step.logged', stepId: 2, level: 'warn', text: 'somebody else was faster' }],
  [1062, { type: 'debug.printed', stepId: 2, label: 'answer', output: { sizeBytes: 9000, truncated: true, value: 'begin' } }],
  [1063, { type: 'reply.made', stepId: 2, kind: 'status', text: 'half way', sizeBytes: 8 }],
  [1064, { type: 'step.failed', stepId: 2, error: failure, handled: true }],
  [1065, { type: 'step.started', stepId: 3, nodeId: 'n3', parentStepId: 2, input: { value: [1], sizeBytes: 3, truncated: false } }],
  [1066, { type: 'reply.made', stepId: 3, kind: 'result', text: '{"results":{}}', sizeBytes: 14 }],
  [1066, { type: 'step.finished', stepId: 3 }],
  [1067, { type: 'step.late', stepId: 2, what: 'result' }],
  [1067, { type: 'reply.refused', stepId: 2, error: { code: 'ENGINE_REPLY_ALREADY_COMPLETED', message: 'only one' } }],
  [1070, { type: 'run.finished', outcome: 'succeeded', error: null }],
  [1072, { type: 'message.settled', how: 'with-reply' }],
);

test('[R1] a run is its attempts, its steps with start, end, emissions, calls and errors, its replies, and how it ended', () => {
  expect(foldRun(head, succeeded)).toEqual({
    head,
    status: 'succeeded',
    error: null,
    startedAtMs: 1000,
    finishedAtMs: 1070,
    durationMs: 70,
    attempts: [{ attempt: 1, reason: 'delivered', startedAtMs: 1000 }],
    steps: [
      {
        ...emptyStep(1, 'n1', null),
        status: 'finished',
        startedAtMs: 1000,
        endedAtMs: 1001,
        durationMs: 1,
        emissions: [{ atMs: 1001, port: 'out', output: { sameAs: 'trigger.inputs', sizeBytes: null, truncated: false } }],
      },
      {
        ...emptyStep(2, 'n2', 1),
        status: 'failed',
        startedAtMs: 1002,
        endedAtMs: 1064,
        durationMs: 62,
        calls: [
          { startedAtMs: 1010, durationMs: 30, attempt: 1, method: 'PUT', url: '/incidents/1', status: 409, code: 'SOAR_CONFLICT' },
          { startedAtMs: 1045, durationMs: 15, attempt: 2, method: 'PUT', url: '/incidents/1', status: null, code: 'SOAR_REST_TIMEOUT' },
        ],
        logs: [{ atMs: 1061, level: 'warn', text: 'somebody else was faster' }],
        prints: [{ atMs: 1062, label: 'answer', output: { sizeBytes: 9000, truncated: true, value: 'begin' } }],
        error: failure,
        isErrorHandled: true,
        late: [{ atMs: 1067, what: 'result' }],
      },
      {
        ...emptyStep(3, 'n3', 2),
        input: { value: [1], sizeBytes: 3, truncated: false },
        status: 'finished',
        startedAtMs: 1065,
        endedAtMs: 1066,
        durationMs: 1,
      },
    ],
    replies: [
      { atMs: 1063, stepId: 2, kind: 'status', text: 'half way', sizeBytes: 8, fate: 'sent' },
      { atMs: 1066, stepId: 3, kind: 'result', text: '{"results":{}}', sizeBytes: 14, fate: 'sent' },
    ],
    refusedReplies: [{ atMs: 1067, stepId: 2, error: { code: 'ENGINE_REPLY_ALREADY_COMPLETED', message: 'only one' } }],
    isCompleted: true,
    isDetached: false,
    takenOver: null,
    replyConfirmedAtMs: null,
    settled: { atMs: 1072, how: 'with-reply' },
    isIncomplete: false,
  });
});

test('[R2] order comes from the numbers of the events, not from the order in which parts arrive', () => {
  expect(foldRun(head, [...succeeded].reverse())).toEqual(foldRun(head, succeeded));
});

test('[R3] a further attempt takes the run up again, and its steps are its own', () => {
  const view = foldRun(head, [
    ...attempt(1, [1000, started(1)], [1000, { type: 'step.started', stepId: 1, nodeId: 'n1', parentStepId: null }]),
    ...attempt(
      2,
      [9000, started(2)],
      [9000, { type: 'step.started', stepId: 1, nodeId: 'n1', parentStepId: null }],
      [9000, { type: 'step.reused', stepId: 1, nodeId: 'n1', parentStepId: null }],
      [9001, { type: 'step.finished', stepId: 1 }],
      [9001, { type: 'reply.absorbed', stepId: 1, kind: 'result' }],
    ),
  ]);
  expect(view.attempts.map((each) => [each.attempt, each.reason])).toEqual([
    [1, 'delivered'],
    [2, 'redelivered'],
  ]);
  expect(view.steps.map((step) => [step.attempt, step.stepId, step.status, step.isReused])).toEqual([
    [1, 1, 'running', false],
    [2, 1, 'finished', true],
  ]);
  expect(view).toMatchObject({ status: 'running', isCompleted: true, replies: [{ fate: 'absorbed' }] });
});

test('[R3] a run that ended and was started again is running', () => {
  const ended = attempt(1, [1000, started(1)], [1001, { type: 'run.finished', outcome: 'cancelled', error: null }]);
  expect(foldRun(head, ended).status).toBe('cancelled');
  expect(foldRun(head, [...ended, ...attempt(2, [2000, started(2)])])).toMatchObject({ status: 'running', finishedAtMs: null });
});

test('[R4] a completing reply whose step failed after it was dropped; a status was sent', () => {
  const view = foldRun(
    head,
    attempt(
      1,
      [1000, started(1)],
      [1000, { type: 'step.started', stepId: 1, nodeId: 'n1', parentStepId: null }],
      [1001, { type: 'reply.made', stepId: 1, kind: 'status', text: 's', sizeBytes: 1 }],
      [1001, { type: 'reply.made', stepId: 1, kind: 'result', text: 'r', sizeBytes: 1 }],
      [1002, { type: 'step.failed', stepId: 1, error: failure, handled: false }],
    ),
  );
  expect(view.replies.map((reply) => reply.fate)).toEqual(['sent', 'dropped']);
  expect(view.isCompleted).toBe(false);
});

test('[R5] detached and settled runs are told as such', () => {
  const view = foldRun(
    head,
    attempt(1, [1000, started(1)], [1001, { type: 'run.detached' }], [1002, { type: 'message.settled', how: 'taken-over' }]),
  );
  expect(view).toMatchObject({ isDetached: true, settled: { atMs: 1002, how: 'taken-over' } });
});

test('[R6] a trace with missing events is told as incomplete and shows the rest', () => {
  const [first, , ...rest] = succeeded;
  const view = foldRun(head, first === undefined ? [] : [first, ...rest]);
  expect(view.isIncomplete).toBe(true);
  expect(view.steps[0]).toMatchObject({ stepId: 1, nodeId: null, status: 'finished' });
  expect(foldRun(head, succeeded.slice(1)).isIncomplete).toBe(true);
  expect(foldRun(head, []).isIncomplete).toBe(false);
});

test('[R8] tries of a step that failed before another one are told with their waits', () => {
  const view = foldRun(
    head,
    attempt(
      1,
      [1000, started(1)],
      [1000, { type: 'step.started', stepId: 1, nodeId: 'n1', parentStepId: null }],
      [1010, { type: 'step.retried', stepId: 1, attempt: 1, error: failure, waitMs: 500 }],
      [1520, { type: 'step.retried', stepId: 1, attempt: 2, error: failure, waitMs: 1000 }],
      [2530, { type: 'step.finished', stepId: 1 }],
    ),
  );
  expect(view.steps).toMatchObject([
    {
      status: 'finished',
      error: null,
      durationMs: 1530,
      retries: [
        { atMs: 1010, attempt: 1, error: failure, waitMs: 500 },
        { atMs: 1520, attempt: 2, error: failure, waitMs: 1000 },
      ],
    },
  ]);
  expect(describeRun(view)).toContain('      try 2 failed with HTTP_STATUS: the server said 503; again after 1000 ms');
});

test('[R7] a run is told in lines, with names of nodes and times since its start', () => {
  const names: Record<string, string> = { n1: 'Ask', n2: 'Update', n3: 'Answer' };
  expect(describeRun(foldRun(head, succeeded), { nameOf: (id) => names[id] })).toEqual([
    'run R1 of "Lookup model" succeeded after 70 ms',
    '  trigger: function lookup_model_by_id, incident 2095, from actions.201.fn_main',
    '  +0 ms Ask: 1 ms',
    '      -> out (trigger.inputs)',
    '  +2 ms Update: 62 ms',
    '      PUT /incidents/1 -> 409 SOAR_CONFLICT in 30 ms',
    '      PUT /incidents/1 -> SOAR_REST_TIMEOUT in 15 ms (try 2)',
    '      warn: somebody else was faster',
    '      answer = "begin" (9000 bytes)',
    '      error HTTP_STATUS: the server said 503 (handled)',
    '      its result came too late and was refused',
    '  +65 ms Answer: 1 ms',
    '  +63 ms status reply: half way',
    '  +66 ms result reply: {"results":{}}',
    '  +67 ms reply refused: ENGINE_REPLY_ALREADY_COMPLETED only one',
    '  +72 ms message settled, together with its reply',
  ]);
});

test('[R7] a failed run tells its error, attempts, long values cut, and what is missing', () => {
  const long = 'x'.repeat(500);
  const view = foldRun(
    { ...head, triggerName: null, incidentId: null },
    attempt(
      2,
      [21_000, started(2)],
      [21_000, { type: 'step.reused', stepId: 1, nodeId: 'n1', parentStepId: null }],
      [21_000, { type: 'step.emitted', stepId: 1, port: 'out', output: whole(long) }],
      [21_000, { type: 'step.emitted', stepId: 1, port: 'more', output: { sizeBytes: null, truncated: true } }],
      [21_000, { type: 'run.finished', outcome: 'failed', error: failure }],
    ).filter((event) => event.type !== 'attempt.started' || event.attempt === 2),
  );
  expect(describeRun(view, { maxValueLength: 10 })).toEqual([
    'run R1 of "Lookup model" failed after 20 s: HTTP_STATUS the server said 503',
    '  trigger: function, from actions.201.fn_main',
    '  attempt 2: redelivered',
    '  +20 s n1 (attempt 2): output of an earlier attempt',
    '      -> out "xxxxxxxxx…',
    '      -> more (not kept)',
  ]);
});

function emptyStep(stepId: number, nodeId: string, parentStepId: number | null) {
  const lists = { emissions: [], calls: [], logs: [], prints: [], retries: [], late: [] };
  return { attempt: 1, stepId, nodeId, parentStepId, input: null, isReused: false, error: null, isErrorHandled: false, ...lists };
}
