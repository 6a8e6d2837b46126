import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { startTimer } from '../app/system-clock.ts';
import { ApiError } from '../transport/api-error.ts';

interface MissingRunProps {
  readonly runId: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

const againMs = 2000;

/** A run that cannot be opened: one that is told live is written a moment later, another one is gone. */
export function MissingRun({ runId, error, onRetry }: MissingRunProps) {
  const { liveRuns } = useServices();
  const isLive = useStore(liveRuns, ({ rows }) => rows.some(({ head }) => head.runId === runId));
  const isUnknown = error instanceof ApiError && error.code === 'SERVER_RUN_UNKNOWN';
  const isAwaited = isUnknown && isLive;
  useEffect(() => (isAwaited ? startTimer(againMs, onRetry) : undefined));
  if (!isUnknown) return <FailureState error={error} onRetry={onRetry} />;
  return (
    <div role="alert">
      <EmptyState
        help="runs"
        text={
          isAwaited
            ? 'This run is known from the live list only: its steps are not written yet. It opens by itself when they are.'
            : `There is no run ${runId}. Runs are removed from the history in time; those that are kept are on the page Runs.`
        }
      >
        {isAwaited ? (
          <Button variant="default" onClick={onRetry}>
            Try now
          </Button>
        ) : (
          <Button variant="default" component={Link} href="/runs">
            Show all runs
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
