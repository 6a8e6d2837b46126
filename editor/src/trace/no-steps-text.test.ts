import { expect, test } from 'vitest';
import { describeNoSteps } from './no-steps-text.ts';
import { makeRunView } from './run-view.stand-in.ts';

const due = (atMs: number) => `T${atMs}`;
const skippedReply = {
  atMs: 1000,
  stepId: null,
  kind: 'acknowledge',
  text: JSON.stringify({ message_type: 0, message: 'Skipped: run r0 had the same key', complete: true }),
  sizeBytes: 10,
  fate: 'sent',
} as const;

test('[T20] a run that was skipped says so with the words of its reply', () => {
  expect(describeNoSteps(makeRunView({ status: 'skipped', replies: [skippedReply] }), 2000, due)).toBe(
    'No step ran. The analyst reads: Skipped: run r0 had the same key',
  );
  expect(describeNoSteps(makeRunView({ status: 'skipped' }), 2000, due)).toContain('skipped, without a reply');
});

test('[T20] a run that has not begun says what it waits for', () => {
  const waiting = (dueAtMs: number | null) => makeRunView({ status: 'running', takenOver: { atMs: 1000, dueAtMs } });
  expect(describeNoSteps(waiting(5000), 2000, due)).toBe('Its message waits in the ledger until T5000.');
  expect(describeNoSteps(waiting(1500), 2000, due)).toContain('for its turn');
  expect(describeNoSteps(waiting(null), 2000, due)).toContain('for its turn');
  expect(describeNoSteps(makeRunView({ status: 'running' }), 2000, due)).toBe('No step has begun yet.');
});

test('[T20] a run that ended without a step that is known says that none was kept', () => {
  expect(describeNoSteps(makeRunView({ status: 'failed' }), 2000, due)).toBe('No step of this run was kept.');
});
