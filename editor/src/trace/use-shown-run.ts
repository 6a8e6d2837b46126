import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** The run that is open beside the flow: in the address, so that it can be sent to somebody. */
export function useShownRun(): { readonly runId: string | null; readonly show: (runId: string | null) => void } {
  const [params, setParams] = useSearchParams();
  const show = useCallback(
    (runId: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (runId === null) after.delete('run');
          else after.set('run', runId);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { runId: params.get('run'), show };
}
