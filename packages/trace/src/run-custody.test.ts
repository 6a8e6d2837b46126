import { expect, test } from 'vitest';
import { describeCustody } from './run-custody.ts';
import type { RunView } from './run-view.ts';

const running: RunView = {
  head: {
    runId: 'R1',
    flowId: 'f',
    flowName: 'F',
    flowVersion: 'abc',
    triggerKind: 'function',
    destination: 'fn_main',
    messageId: 'ID:1',
    correlationId: null,
    triggerName: null,
    incidentId: null,
    startedAtMs: 1000,
  },
  status: 'running',
  error: null,
  startedAtMs: 1000,
  finishedAtMs: null,
  durationMs: null,
  attempts: [{ attempt: 1, reason: 'delivered', startedAtMs: 1000 }],
  steps: [],
  replies: [],
  refusedReplies: [],
  isCompleted: false,
  isDetached: false,
  settled: null,
  takenOver: null,
  replyConfirmedAtMs: null,
  isIncomplete: false,
};
const ended = { status: 'succeeded', finishedAtMs: 1100, isCompleted: true } as const;
const takenOver = { takenOver: { atMs: 1000, dueAtMs: null } } as const;
const settledEarly = { settled: { atMs: 1002, how: 'taken-over' } } as const;

function look(view: Partial<RunView>) {
  const { stations, ifKilledNow } = describeCustody({ ...running, ...view });
  return { reached: stations.filter(({ isReached }) => isReached).map(({ name, atMs }) => [name, atMs]), ifKilledNow };
}

test('[R9] the broker holds a message whose run goes on, and would deliver it again', () => {
  const { reached, ifKilledNow } = look({});
  expect(reached).toEqual([['delivered', 1000]]);
  expect(ifKilledNow).toMatch(/^The broker would deliver the message again/);
});

test('[R9] a message that the ledger took over is run again from there', () => {
  const { reached, ifKilledNow } = look({ ...takenOver, ...settledEarly });
  expect(reached).toEqual([
    ['delivered', 1000],
    ['taken-over', 1000],
    ['settled', 1002],
  ]);
  expect(ifKilledNow).toMatch(/^The ledger would start the run again/);
});

test('[R9] a message that waited in the ledger before its first attempt is told as taken over', () => {
  const { reached, ifKilledNow } = look({ attempts: [{ attempt: 1, reason: 'taken-over', startedAtMs: 1000 }] });
  expect(reached).toEqual([
    ['delivered', 1000],
    ['taken-over', null],
  ]);
  expect(ifKilledNow).toMatch(/^The ledger would start the run again/);
});

test('[R9] a run that goes on after its completing reply is answered already', () => {
  const { reached, ifKilledNow } = look({ ...settledEarly, isDetached: true, isCompleted: true });
  expect(reached.map(([name]) => name)).toEqual(['delivered', 'taken-over', 'completed', 'settled']);
  expect(ifKilledNow).toContain('gets no second one');
});

test('[R9] a reply that is not confirmed leaves again, from where the message is', () => {
  expect(look(ended).ifKilledNow).toContain('with the redelivery');
  expect(look({ ...ended, ...takenOver, ...settledEarly }).ifKilledNow).toMatch(/^The ledger would send the same reply again/);
});

test('[R9] nothing follows when the action is answered and the message settled', () => {
  const withReply = { settled: { atMs: 1090, how: 'with-reply' } } as const;
  expect(look({ ...ended, ...withReply }).ifKilledNow).toMatch(/^Nothing:/);
  expect(look({ ...ended, ...takenOver, ...settledEarly, replyConfirmedAtMs: 1090 }).ifKilledNow).toMatch(/^Nothing:/);
});

test('[R9] an answered message whose ACK is not known of is only settled when it comes again', () => {
  const answered = { ...ended, replyConfirmedAtMs: 1090 };
  expect(look(answered).ifKilledNow).toBe('The broker would deliver the message again, and it would only be settled.');
  expect(look({ ...answered, ...takenOver }).ifKilledNow).toMatch(/^Nothing runs again: the ledger has the message/);
});
