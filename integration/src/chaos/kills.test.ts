import { expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { type ChaosOutcome, surviveKills } from './survive-kills.ts';

/** WIREBOOK_CHAOS_SEED=… tries other moments. */
const seed = Number(process.env.WIREBOOK_CHAOS_SEED ?? 20_261);
const plan = { seed, calls: 500, engineKills: 10, brokerKills: 1 };
const what = `${plan.calls} calls, ${plan.engineKills} engine kills and ${plan.brokerKills} broker kill at the moments of seed ${seed}`;

describeOnBrokers('calls while engine and broker are killed', (setting) => {
  test(`[engine C1] transaction: ${what}: exactly one completing reply each`, async () => {
    const outcome = await surviveKills(setting.platform, { ...plan, policy: 'transaction' });
    expect(outcome.calls.filter(({ completing }) => completing.length !== 1).map(describeCall)).toEqual([]);
    expectNothingLostOrDoubled(outcome);
  }, 180_000);

  test(`[engine C5] reply-then-settle: ${what}: at least one completing reply each, repeats byte-identical`, async () => {
    const outcome = await surviveKills(setting.platform, { ...plan, policy: 'reply-then-settle' });
    const different = outcome.calls.filter(({ completing }) => new Set(completing.map(({ bodySha256 }) => bodySha256)).size !== 1);
    expect(different.map(describeCall)).toEqual([]);
    expectNothingLostOrDoubled(outcome);
  }, 180_000);
});

function expectNothingLostOrDoubled({ calls, noteCount, leftovers, poison, repeatedRuns }: ChaosOutcome): void {
  expect(calls).toHaveLength(plan.calls);
  expect(calls.filter(({ invocation }) => invocation.status === 'Pending').map(describeCall)).toEqual([]);
  // A status is sent once, and once more for each connection that goes before its receipt.
  expect(calls.filter(({ statuses }) => statuses.length > 1 + plan.brokerKills).map(describeCall)).toEqual([]);
  // A message that ran alone at three kills is given up by rule L10: nobody can tell that it was not the cause. It lies in the tray.
  const isGivenUp = ({ invocation }: ChaosOutcome['calls'][number]) => invocation.information.includes('ENGINE_MESSAGE_POISON');
  const givenUp = calls.filter(isGivenUp);
  expect(givenUp.length).toBeLessThanOrEqual(plan.engineKills / 3);
  expect(poison.map((line) => line.split(':')[0])).toEqual(givenUp.map(() => 'ENGINE_MESSAGE_POISON'));
  // Else only a write that a kill cut short may be answered by an error, and that error says so.
  const failed = calls.filter((call) => call.invocation.status === 'Error' && !isGivenUp(call));
  expect(failed.filter(({ invocation }) => !invocation.information.includes('ENGINE_WRITE_IN_DOUBT')).map(describeCall)).toEqual([]);
  expect(failed.filter(({ noteTitle }) => noteTitle === null).map(describeCall)).toEqual([]);
  for (const { noteTitle, invocation } of calls) {
    if (noteTitle === null) continue;
    if (invocation.status === 'Complete') expect([noteTitle, noteCount(noteTitle)]).toEqual([noteTitle, 1]);
    else expect(noteCount(noteTitle)).toBeLessThanOrEqual(1);
  }
  expect(leftovers).toEqual([]);
  // Else no kill would have hit a run.
  expect(repeatedRuns).toBeGreaterThan(0);
}

function describeCall({ id, completing, statuses, invocation }: ChaosOutcome['calls'][number]): string {
  const replies = completing.map(({ bodySha256, messageId }) => `${messageId} ${bodySha256.slice(0, 8)}`).join(', ');
  return `call ${id} ${invocation.status} "${invocation.information}": ${statuses.length} statuses, completing: ${replies || 'none'}`;
}
