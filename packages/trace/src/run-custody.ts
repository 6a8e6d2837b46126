import type { RunView } from './run-view.ts';

/** One station of a message on its way: reached at a time, or not. */
export interface CustodyStation {
  readonly name: 'delivered' | 'taken-over' | 'completed' | 'settled';
  /** Milliseconds since the epoch; null when it is not reached, or its time is not told apart. */
  readonly atMs: number | null;
  readonly isReached: boolean;
}

export interface RunCustody {
  readonly stations: readonly CustodyStation[];
  /** What an end of the engine at this moment would cause. */
  readonly ifKilledNow: string;
}

/** Who holds the message of a run, broker or ledger, whether it is answered, and what a crash would lead to. */
export function describeCustody(view: RunView): RunCustody {
  const { settled } = view;
  const detachedAtMs = settled?.how === 'taken-over' ? settled.atMs : null;
  const takenOverAtMs = view.takenOver?.atMs ?? detachedAtMs;
  // One that the ledger gave out again may have waited there before there was a trace.
  const isFromLedger = view.attempts.some(({ reason }) => reason === 'taken-over');
  const isTakenOver = view.takenOver !== null || view.isDetached || detachedAtMs !== null || isFromLedger;
  const completedAtMs = view.replyConfirmedAtMs ?? (settled?.how === 'without-reply' ? null : (settled?.atMs ?? null));
  const isCompleted = view.replyConfirmedAtMs !== null || settled?.how === 'with-reply' || (detachedAtMs !== null && view.isDetached);
  const stations: readonly CustodyStation[] = [
    { name: 'delivered', atMs: view.attempts[0]?.startedAtMs ?? view.startedAtMs, isReached: true },
    ...(isTakenOver ? [{ name: 'taken-over', atMs: takenOverAtMs, isReached: true } as const] : []),
    { name: 'completed', atMs: isCompleted ? completedAtMs : null, isReached: isCompleted },
    { name: 'settled', atMs: settled?.atMs ?? null, isReached: settled !== null },
  ];
  return { stations, ifKilledNow: findConsequence(view, { isTakenOver, isCompleted }) };
}

function findConsequence(view: RunView, { isTakenOver, isCompleted }: { isTakenOver: boolean; isCompleted: boolean }): string {
  const isRunning = view.status === 'running';
  const source = isTakenOver ? 'the ledger' : 'the broker';
  if (isRunning && (isCompleted || view.isDetached)) {
    return 'The ledger would start the rest again. Writes that ended are not repeated, one under way is in doubt. The analyst has the answer and gets no second one.';
  }
  if (isRunning) {
    const how = isTakenOver ? 'would start the run again' : 'would deliver the message again, and the run would start anew';
    return `${upper(source)} ${how}. Writes that ended are not repeated, one under way is in doubt. The analyst gets one answer.`;
  }
  if (view.status === 'cancelled') return `${upper(source)} has the message: the run starts again.`;
  if (!isCompleted && view.isCompleted) {
    return isTakenOver
      ? 'The ledger would send the same reply again; nothing runs again.'
      : 'The same reply would leave with the redelivery of the message; nothing runs again.';
  }
  if (view.settled === null && isTakenOver) {
    return 'Nothing runs again: the ledger has the message. Were the broker to deliver it once more, it would only be settled.';
  }
  if (view.settled === null) return 'The broker would deliver the message again, and it would only be settled.';
  return 'Nothing: the action is answered and its message settled.';
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
