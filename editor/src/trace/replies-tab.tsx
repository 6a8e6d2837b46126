import { EmptyState } from '../app/empty-state.tsx';
import { RepliesOfRun } from './replies-of-run.tsx';
import { useShownRun } from './use-shown-run.ts';

/** What the analyst saw of the open run. */
export function RepliesTab() {
  const { runId } = useShownRun();
  if (runId === null) return <EmptyState text="Open a run under Runs to see what the analyst saw of it, in order." />;
  return <RepliesOfRun key={runId} runId={runId} />;
}
