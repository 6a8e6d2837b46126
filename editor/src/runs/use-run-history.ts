import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { RunRow } from '@wirebook/api';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { matchesRun, type RunFilter, toListRunsQuery } from '../trace/run-filter.ts';

const pageRuns = '100';

/** The kept runs page by page. Runs that end meanwhile change in their row; new ones are counted and wait for a click. */
export function useRunHistory(filter: RunFilter) {
  const { api, liveRuns } = useServices();
  const queries = useQueryClient();
  const query = useMemo(() => toListRunsQuery(filter), [filter]);
  const key = ['listRuns', query, 'history'];
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.call('listRuns', { query: { ...query, limit: pageRuns, ...(pageParam === null ? {} : { before: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const live = useStore(liveRuns, ({ rows }) => rows);
  const stored = useMemo(() => pages.data?.pages.flatMap(({ runs }) => runs) ?? [], [pages.data]);
  const { rows, newCount } = useMemo(() => updateRows(stored, live, filter), [stored, live, filter]);
  return {
    rows,
    newCount,
    hasMore: pages.hasNextPage,
    isPending: pages.isPending,
    isLoadingMore: pages.isFetchingNextPage,
    isRefreshing: pages.isRefetching && !pages.isFetchingNextPage,
    error: pages.error,
    loadMore: () => void pages.fetchNextPage(),
    refresh: () => void queries.resetQueries({ queryKey: key }),
  };
}

/** Rows that are shown, with what is known of them since, and how many newer ones there are. */
export function updateRows(
  stored: readonly RunRow[],
  live: readonly RunRow[],
  filter: RunFilter,
): { readonly rows: readonly RunRow[]; readonly newCount: number } {
  const liveById = new Map(live.map((row) => [row.head.runId, row]));
  const newestMs = stored[0]?.head.startedAtMs ?? 0;
  const shown = new Set(stored.map(({ head }) => head.runId));
  // Whether a run came to a node, and all its words, only the store knows.
  const isTold = filter.nodeId === null && filter.text.trim() === '';
  const news = isTold
    ? live.filter((row) => !shown.has(row.head.runId) && row.head.startedAtMs >= newestMs && matchesRun(row, filter))
    : [];
  return {
    rows: stored.map((row) => (row.status === 'running' ? (liveById.get(row.head.runId) ?? row) : row)),
    newCount: news.length,
  };
}
