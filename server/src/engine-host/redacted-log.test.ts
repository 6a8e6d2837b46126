import type { TracePart } from '@wirebook/engine';
import { createRedactor } from '@wirebook/trace';
import { expect, test } from 'vitest';
import { createPinoLog } from './pino-log.ts';
import { createRedactedLog } from './redacted-log.ts';
import { createRunReport } from './run-report.ts';

const mark = '‹redacted:aaaaaaaa›';

function createLog(level: string) {
  const lines: string[] = [];
  const redactor = createRedactor({ secrets: ['hunter22'], keyedHash: () => 'aaaaaaaa' });
  const log = createRedactedLog(createPinoLog({ level, destination: { write: (line) => lines.push(line) } }), redactor);
  return { log, lines, redactor };
}

test('[R2] texts and facts of every level are written without secrets', () => {
  const { log, lines } = createLog('DEBUG');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]('login hunter22', { who: 'hunter22', port: 443, code: null });
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: `login ${mark}`, who: mark, port: 443, code: null });
});

const head: TracePart['head'] = {
  runId: 'run-1',
  flowId: 'flow',
  flowName: 'Flow',
  flowVersion: 'v',
  triggerKind: 'function',
  destination: 'd',
  messageId: 'm',
  correlationId: null,
  triggerName: null,
  incidentId: 2095,
  startedAtMs: 0,
};

test('[R2] a run at DEBUG shows no secret, also where a line is cut in the middle of one', () => {
  const { log, lines, redactor } = createLog('DEBUG');
  const value = { text: `${'x'.repeat(106)}hunter22` };
  const part: TracePart = {
    head,
    attempt: 1,
    events: [
      { seq: 1, atMs: 0, type: 'attempt.started', attempt: 1, reason: 'delivered' },
      { seq: 2, atMs: 1, type: 'step.started', stepId: 1, nodeId: 'node', parentStepId: null },
      { seq: 3, atMs: 2, type: 'step.logged', stepId: 1, level: 'info', text: 'hunter22 was sent' },
      { seq: 4, atMs: 3, type: 'step.emitted', stepId: 1, port: 'out', output: { value, sizeBytes: 120, truncated: false } },
    ],
    triggerBody: null,
    triggerHeaders: null,
    finished: { atMs: 4, outcome: 'succeeded', errorCode: null },
  };
  const kept: TracePart[] = [];
  createRunReport({ append: (each) => kept.push(each) }, { log, redactJson: redactor.redactJson }).append(part);
  expect(kept).toEqual([part]);
  const text = lines.join('');
  expect(text).toContain(`${mark} was sent`);
  expect(text).toContain('xxx‹red');
  expect(text).not.toContain('hunter');
  expect(text).not.toContain('xh');
});

test('[K5] the line of a failed run names its node and says why, without secrets', () => {
  const { log, lines, redactor } = createLog('INFO');
  const error = { code: 'HTTP_STATUS', message: `https://example.net/?key=hunter22 answered 500 ${'.'.repeat(2000)}` } as const;
  const part: TracePart = {
    head,
    attempt: 1,
    events: [
      { seq: 1, atMs: 0, type: 'attempt.started', attempt: 1, reason: 'delivered' },
      { seq: 2, atMs: 1, type: 'step.started', stepId: 1, nodeId: 'source', parentStepId: null },
      { seq: 3, atMs: 2, type: 'step.started', stepId: 2, nodeId: 'ask', parentStepId: 1 },
      { seq: 4, atMs: 3, type: 'step.failed', stepId: 2, error, handled: false },
      { seq: 5, atMs: 4, type: 'run.finished', outcome: 'failed', error },
    ],
    triggerBody: null,
    triggerHeaders: null,
    finished: { atMs: 4, outcome: 'failed', errorCode: 'HTTP_STATUS' },
  };
  createRunReport({ append: () => undefined }, { log, redactJson: redactor.redactJson }).append(part);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, code: 'HTTP_STATUS', node: 'ask', flow: 'Flow' });
  expect(lines[0]).toContain(`?key=${mark} answered 500`);
  expect(lines[0]?.length).toBeLessThan(1500);
});
