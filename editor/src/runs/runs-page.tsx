import { Button, Skeleton } from '@mantine/core';
import { IconRefresh, IconSitemap } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { PageHead } from '../app/page-head.tsx';
import { everyRun, isFiltered, type RunFilter, readRunFilter, toSearchParams } from '../trace/run-filter.ts';
import { RunList } from '../trace/run-list.tsx';
import { RunFilters } from './run-filters.tsx';
import { RunView } from './run-view.tsx';
import styles from './runs-page.module.css';
import { useRunHistory } from './use-run-history.ts';

/** Every run that was kept, newest first; one of them open beside the list. */
export function RunsPage() {
  const { runId = null } = useParams<{ runId?: string }>();
  const [, go] = useLocation();
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readRunFilter(params), [params]);
  const setFilter = useCallback((next: RunFilter) => setParams(toSearchParams(next), { replace: true }), [setParams]);
  const history = useRunHistory(filter);
  const search = params.size === 0 ? '' : `?${params}`;

  return (
    <div className={styles.page}>
      <PageHead title="Runs">
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.75} />}
          onClick={history.refresh}
          loading={history.isRefreshing}
        >
          {history.newCount === 0 ? 'Refresh' : `Show ${history.newCount} new`}
        </Button>
      </PageHead>
      <RunFilters filter={filter} onChange={setFilter} />
      <div className={runId === null ? styles.listOnly : styles.split}>
        <div className={styles.list}>
          <HistoryList
            history={history}
            filter={filter}
            onClearFilter={() => setFilter(everyRun)}
            openRunId={runId}
            onOpen={(id) => go(`/runs/${id}${search}`)}
          />
        </div>
        {runId === null ? null : <RunView key={runId} runId={runId} onClose={() => go(`/runs${search}`)} />}
      </div>
    </div>
  );
}

interface HistoryListProps {
  readonly history: ReturnType<typeof useRunHistory>;
  readonly filter: RunFilter;
  readonly onClearFilter: () => void;
  readonly openRunId: string | null;
  readonly onOpen: (runId: string) => void;
}

function HistoryList({ history, filter, onClearFilter, openRunId, onOpen }: HistoryListProps) {
  if (history.error !== null && history.rows.length === 0) return <FailureState error={history.error} onRetry={history.refresh} />;
  if (history.isPending) return <Skeleton height={180} m="lg" role="progressbar" aria-label="Loading runs" />;
  if (history.rows.length === 0) {
    const isNarrowed = isFiltered(filter) || filter.flowId !== null;
    return (
      <EmptyState
        help="runs"
        text={isNarrowed ? 'No run fits these filters.' : 'No run yet. Deploy a flow; each message that it takes is a run.'}
      >
        {isNarrowed ? (
          <Button variant="default" onClick={onClearFilter}>
            Remove the filters
          </Button>
        ) : (
          <Button variant="default" component={Link} href="/flows" leftSection={<IconSitemap size={16} stroke={1.75} />}>
            Show flows
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <RunList rows={history.rows} openRunId={openRunId} onOpen={onOpen} isNarrow={openRunId !== null}>
      <div className={styles.more}>
        {history.hasMore ? (
          <Button variant="subtle" onClick={history.loadMore} loading={history.isLoadingMore}>
            Load older runs
          </Button>
        ) : (
          <span>{history.rows.length === 1 ? 'This is the only run.' : `These are all: ${history.rows.length} runs.`}</span>
        )}
      </div>
    </RunList>
  );
}
