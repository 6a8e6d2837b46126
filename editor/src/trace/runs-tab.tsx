import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Link } from 'wouter';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { DroppedNote } from './dropped-note.tsx';
import { PauseButton } from './pause-button.tsx';
import { RunDetail } from './run-detail.tsx';
import { everyRun, isFiltered, type RunFilter } from './run-filter.ts';
import { RunFilterBar } from './run-filter-bar.tsx';
import { RunList } from './run-list.tsx';
import styles from './runs-tab.module.css';
import { TabBarSlot } from './tab-bar-slot.tsx';
import { useRunRows } from './use-run-rows.ts';
import { useShownRun } from './use-shown-run.ts';

/** Runs as they happen; one that is opened stands beside the list and is lit on the canvas. */
export function RunsTab() {
  const flowId = useFlowState((state) => state.flowId);
  const nodes = useFlowState((state) => state.document.nodes);
  const { runOverlay } = useServices();
  const flow = useFlowStore();
  const [filter, setFilter] = useState<RunFilter>({ ...everyRun, flowId });
  const { runId, show } = useShownRun();
  const showStep = useCallback((nodeId: string | null) => runOverlay.showStep(nodeId), [runOverlay]);
  const chosenNodeId = useFlowState(({ selectedNodeIds }) => (selectedNodeIds.size === 1 ? ([...selectedNodeIds][0] ?? null) : null));
  const isThisFlow = filter.flowId !== null;

  return (
    <div className={styles.tab}>
      <TabBarSlot>
        <RunFilterBar
          isCompact
          filter={filter}
          onChange={setFilter}
          nodes={isThisFlow ? nodes : undefined}
          start={
            <SegmentedControl
              size="xs"
              aria-label="Whose runs"
              data={[
                { value: 'this', label: 'This flow' },
                { value: 'all', label: 'All flows' },
              ]}
              value={isThisFlow ? 'this' : 'all'}
              onChange={(whose) => setFilter({ ...filter, flowId: whose === 'this' ? flowId : null, nodeId: null })}
            />
          }
        >
          <PauseButton counts="rows" />
        </RunFilterBar>
      </TabBarSlot>
      <DroppedNote counts="rows" flowId={filter.flowId} />
      <div className={runId === null ? styles.listOnly : styles.split}>
        <div className={styles.list}>
          <LiveRunList filter={filter} setFilter={setFilter} openRunId={runId} onOpen={show} />
        </div>
        {runId === null ? null : (
          <RunDetail
            key={runId}
            runId={runId}
            onClose={() => show(null)}
            onShowNode={(nodeId) => {
              flow.select([nodeId]);
              flow.inspect({ nodeId });
            }}
            onStepNode={showStep}
            wantedNodeId={chosenNodeId}
          />
        )}
      </div>
    </div>
  );
}

interface LiveRunListProps {
  readonly filter: RunFilter;
  readonly setFilter: (filter: RunFilter) => void;
  readonly openRunId: string | null;
  readonly onOpen: (runId: string) => void;
}

/** On its own, so that what arrives ten times a second draws the list and nothing beside it. */
function LiveRunList({ filter, setFilter, openRunId, onOpen }: LiveRunListProps) {
  const { session } = useServices();
  const { rows, isPending, error, retry } = useRunRows(filter);
  if (rows.length > 0) {
    return <RunList rows={rows} openRunId={openRunId} onOpen={onOpen} isNarrow={openRunId !== null} hasFlow={filter.flowId === null} />;
  }
  if (error !== null) return <FailureState error={error} onRetry={retry} />;
  if (isPending) return <Skeleton height={84} m="md" role="progressbar" aria-label="Loading runs" />;
  if (isFiltered(filter)) {
    return (
      <EmptyState text="No run fits these filters.">
        <Button variant="default" onClick={() => setFilter({ ...everyRun, flowId: filter.flowId })}>
          Remove the filters
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      help="runs"
      text={
        session.product.hasSimulator
          ? 'No run yet. Deploy the flow, then fire its action or function on the console; it appears here as it happens.'
          : 'No run yet. Deploy the flow; its runs appear here as messages arrive.'
      }
    >
      {session.product.hasSimulator ? (
        <Button component={Link} href="/console" variant="default">
          Open the console
        </Button>
      ) : null}
    </EmptyState>
  );
}
