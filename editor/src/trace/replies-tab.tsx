import { Button } from '@mantine/core';
import { EmptyState } from '../app/empty-state.tsx';
import { useServices } from '../app/services.tsx';
import { RepliesOfRun } from './replies-of-run.tsx';
import { useShownRun } from './use-shown-run.ts';

/** What the analyst saw of the open run. */
export function RepliesTab() {
  const { bottomPanel } = useServices();
  const { runId } = useShownRun();
  if (runId === null) {
    return (
      <EmptyState text="Open a run to see what the analyst saw of it, in order." help="runs">
        <Button variant="default" onClick={() => bottomPanel.open('runs')}>
          Show the runs
        </Button>
      </EmptyState>
    );
  }
  return <RepliesOfRun key={runId} runId={runId} />;
}
