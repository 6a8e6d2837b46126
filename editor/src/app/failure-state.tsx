import { Button } from '@mantine/core';
import { describeFailure } from '../transport/api-error.ts';
import { EmptyState } from './empty-state.tsx';

/** What went wrong in place of a page's content, with another try. */
export function FailureState({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <div role="alert">
      <EmptyState text={describeFailure(error)}>
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      </EmptyState>
    </div>
  );
}
