import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunRow } from '@wirebook/api';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { matchesRun, mergeRunRows, type RunFilter, toListRunsQuery } from './run-filter.ts';
import { useThrottled } from './use-throttled.ts';

const storedCount = '50';
const refreshEveryMs = 2000;

export interface RunRows {
  readonly rows: readonly RunRow[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Runs as they happen, with the newest of the store below them. What only the store can tell is asked of it again and again. */
export function useRunRows(filter: RunFilter): RunRows {
  const { api, liveRuns } = useServices();
  const queries = useQueryClient();
  const live = useStore(liveRuns, ({ rows }) => rows);
  const query = useMemo(() => toListRunsQuery(filter), [filter]);
  const stored = useQuery({
    queryKey: ['listRuns', query, 'newest'],
    queryFn: ({ signal }) => api.call('listRuns', { query: { ...query, limit: storedCount }, signal }),
    placeholderData: keepPreviousData,
  });
  const isStoredOnly = filter.nodeId !== null;
  const needsStore = isStoredOnly || filter.text.trim() !== '';
  const refresh = useThrottled(() => void queries.invalidateQueries({ queryKey: ['listRuns', query, 'newest'] }), refreshEveryMs);
  useEffect(() => {
    if (needsStore && live.length > 0) refresh();
  }, [needsStore, live, refresh]);

  const rows = useMemo(() => {
    const fitting = isStoredOnly ? [] : live.filter((row) => matchesRun(row, filter));
    return mergeRunRows(fitting, stored.data?.runs ?? []);
  }, [live, isStoredOnly, filter, stored.data]);
  return { rows, isPending: stored.isPending && rows.length === 0, error: stored.error, retry: () => void stored.refetch() };
}
