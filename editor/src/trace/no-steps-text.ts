import type { RunView } from '@wirebook/trace';
import { readReplyText } from './reply-lines.ts';

/** Why a run has no step to show; `due` words a moment. */
export function describeNoSteps(view: RunView, nowMs: number, due: (atMs: number) => string): string {
  if (view.status === 'skipped') {
    const reply = view.replies.findLast(({ kind }) => kind !== 'status');
    if (reply === undefined) return 'The message of this run was skipped, without a reply: no step ran.';
    return `No step ran. The analyst reads: ${readReplyText(reply)}`;
  }
  if (view.status !== 'running') return 'No step of this run was kept.';
  const dueAtMs = view.takenOver?.dueAtMs ?? null;
  if (dueAtMs !== null && dueAtMs > nowMs) return `Its message waits in the ledger until ${due(dueAtMs)}.`;
  if (view.takenOver !== null) return 'Its message waits in the ledger for its turn.';
  return 'No step has begun yet.';
}
