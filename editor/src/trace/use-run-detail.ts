import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../app/services.tsx';
import { useThrottled } from './use-throttled.ts';

const refreshEveryMs = 500;
const pollEveryMs = 5000;

/** The run with its steps. {@link useRunWatch} keeps it true. */
export function useRunDetail(runId: string) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['getRun', runId],
    queryFn: ({ signal }) => api.call('getRun', { params: { runId }, signal }),
    // What is told by the socket comes sooner; this is for what is not told.
    refetchInterval: ({ state }) => (state.data?.view.status === 'running' ? pollEveryMs : false),
  });
}

/** Asks for the run again when the server tells of news. Once on a screen: the second to leave would stop the news for the first. */
export function useRunWatch(runId: string): void {
  const { live } = useServices();
  const queries = useQueryClient();
  const refresh = useThrottled(() => void queries.invalidateQueries({ queryKey: ['getRun', runId] }), refreshEveryMs);
  useEffect(() => {
    const forget = live.on('run:changed', (changed) => {
      if (changed.runId === runId) refresh();
    });
    const unwatch = live.watch('run', () => ({ runId }));
    return () => {
      unwatch();
      forget();
    };
  }, [live, runId, refresh]);
}
