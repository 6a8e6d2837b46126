import type { InvocationView } from '@wirebook/simulator';
import type { ChaosCall } from './chaos-calls.ts';
import type { ChaosOutcome } from './survive-chaos.ts';

export interface ChaosVerdict {
  /** Broken promises, each in a sentence; empty when all were kept. */
  readonly faults: readonly string[];
  /** Writes of which the engine does not know whether they were made, as it told them. */
  readonly unknownWrites: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** How often each code stood in an error reply, or ended a detached run. */
  readonly errorCodes: Readonly<Record<string, number>>;
}

const takenOverKinds: readonly string[] = ['ordered', 'detached'];
/** What a run may end with here: all of it is the platform's answer, or the lack of one. */
/** Replies of one window, the most of which a kill can take the confirmation. */
const unconfirmedOfKill = 100;
const expectedCodes = /ENGINE_WRITE_IN_DOUBT|SOAR_[A-Z_]+/;

/** Holds what was found against what the engine promises. */
export function judgeChaos(outcome: ChaosOutcome): ChaosVerdict {
  const faults: string[] = [];
  const unknownWrites: string[] = [];
  const errorCodes: Record<string, number> = {};
  const noteCounts = countEach(outcome.notes.flatMap(findMarks));
  const putCounts = countEach(outcome.puts.flatMap(findMarks));
  let repeatedReplies = 0;
  let repeatedPuts = 0;

  for (const call of outcome.calls) {
    const view = outcome.find(call);
    const name = `call ${call.id} (${call.kind})`;
    const bodies = view.replies.filter(({ complete }) => complete).map(({ bodySha256 }) => bodySha256);
    faults.push(...judgeReplies(call, { view, bodies, policy: outcome.options.policy }).map((fault) => `${name} ${fault}`));
    repeatedReplies += Math.max(0, bodies.length - 1);

    const failure = findFailure(call, view, outcome);
    const written = (call.kind === 'update' ? putCounts : noteCounts).get(call.mark) ?? 0;
    if (failure !== null) {
      const code = expectedCodes.exec(failure)?.[0];
      if (code === undefined) faults.push(`${name} failed for no reason of the platform: ${failure}`);
      errorCodes[code ?? failure] = (errorCodes[code ?? failure] ?? 0) + 1;
      if (code === 'ENGINE_WRITE_IN_DOUBT') unknownWrites.push(`${call.mark} written ${written} times`);
    }
    if (call.kind === 'update') repeatedPuts += Math.max(0, written - 1);
    else if (written > 1) faults.push(`${name} wrote its note ${written} times`);
    if (failure === null && written === 0) faults.push(`${name} ended well and wrote nothing`);
  }
  faults.push(...judgeOrder(outcome));
  for (const leftover of outcome.leftovers) faults.push(`left on the queue: ${leftover}`);
  for (const message of outcome.poison) faults.push(`in the poison tray: ${message}`);
  // A kill takes the record that the broker confirmed with it: such entries are open for five minutes by rule L12 of the engine.
  const { waitsForEmptyLedger, engineKills } = outcome.options;
  const allowedOpen = waitsForEmptyLedger === true ? 0 : outcome.inDoubtEntries + engineKills * unconfirmedOfKill;
  if (outcome.openEntries > allowedOpen) faults.push(`${outcome.openEntries} entries of the ledger are open, ${allowedOpen} may be`);
  // Else no trouble would have hit a run.
  if (outcome.options.engineKills > 0 && outcome.repeatedRuns === 0) faults.push('no run was hit by a kill: this run proves nothing');
  return {
    faults,
    unknownWrites,
    errorCodes,
    counts: {
      calls: outcome.calls.length,
      'answered well': outcome.calls.filter((call) => outcome.find(call).status === 'Complete').length,
      'answered with an error': outcome.calls.filter((call) => outcome.find(call).status === 'Error').length,
      stuck: outcome.calls.filter((call) => outcome.find(call).status === 'Pending').length,
      'runs of several attempts': outcome.repeatedRuns,
      'completing replies repeated byte for byte (taken over, or reply-then-settle)': repeatedReplies,
      'notes written': [...noteCounts.values()].reduce((sum, count) => sum + count, 0),
      'notes written more than once': [...noteCounts.values()].filter((count) => count > 1).length,
      'writes in doubt': unknownWrites.length,
      'idempotent PUTs repeated': repeatedPuts,
      'REST faults': Object.values(outcome.restFaults).reduce((sum, count) => sum + count, 0),
    },
  };
}

interface ReplyFacts {
  readonly view: InvocationView;
  readonly bodies: readonly string[];
  readonly policy: 'transaction' | 'reply-then-settle';
}

function judgeReplies(call: ChaosCall, { view, bodies, policy }: ReplyFacts): readonly string[] {
  if (view.status === 'Pending') return ['is stuck: no completing reply'];
  if (new Set(bodies).size > 1) return [`got ${bodies.length} completing replies that differ`];
  const isExactlyOnce = policy === 'transaction' && !takenOverKinds.includes(call.kind);
  return isExactlyOnce && bodies.length !== 1 ? [`got ${bodies.length} completing replies`] : [];
}

/** What its run failed with; of a detached one the platform is not told. */
function findFailure(call: ChaosCall, view: InvocationView, { runErrors }: ChaosOutcome): string | null {
  if (view.status === 'Error') return view.information;
  return call.kind === 'detached' ? (runErrors.get(`invid:${call.id}`) ?? null) : null;
}

/** Notes of the same lane stand in the order of their calls. */
function judgeOrder({ calls, notes }: ChaosOutcome): readonly string[] {
  const placeOf = new Map(notes.flatMap(findMarks).map((mark, place) => [mark, place]));
  const lastPlaces = new Map<number, number>();
  const faults: string[] = [];
  for (const { kind, lane, mark } of calls) {
    const place = kind === 'ordered' ? placeOf.get(mark) : undefined;
    if (place === undefined) continue;
    if (place < (lastPlaces.get(lane) ?? -1)) faults.push(`lane ${lane}: the note of ${mark} stands before one of an earlier call`);
    lastPlaces.set(lane, Math.max(place, lastPlaces.get(lane) ?? -1));
  }
  return faults;
}

function findMarks(text: string): readonly string[] {
  return text.match(/chaos \d+ call \d+\./g) ?? [];
}

function countEach(marks: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}
