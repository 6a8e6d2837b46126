import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch, IconTrash } from '@tabler/icons-react';
import type { DebugLine } from '@wirebook/api';
import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../app/empty-state.tsx';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { type DebugFilter, debugLevels, filterDebugLines } from './debug-filter.ts';
import { DebugLineList } from './debug-line-list.tsx';
import { DebugSwitches } from './debug-switches.tsx';
import { DroppedNote } from './dropped-note.tsx';
import { PauseButton } from './pause-button.tsx';
import barStyles from './run-filter-bar.module.css';
import styles from './runs-tab.module.css';
import { TabBarSlot } from './tab-bar-slot.tsx';
import { useShownRun } from './use-shown-run.ts';

/** What debug nodes and scripts print, as it happens. */
export function TraceTab() {
  const { liveRuns } = useServices();
  const flowId = useFlowState((state) => state.flowId);
  const nodes = useFlowState((state) => state.document.nodes);
  const [filter, setFilter] = useState<DebugFilter>({ flowId, nodeId: null, level: null, text: '' });
  const isThisFlow = filter.flowId !== null;
  return (
    <div className={styles.tab}>
      <TabBarSlot>
        <div className={barStyles.compact} role="toolbar" aria-label="Filters">
          <SegmentedControl
            size="xs"
            aria-label="Whose lines"
            data={[
              { value: 'this', label: 'This flow' },
              { value: 'all', label: 'All flows' },
            ]}
            value={isThisFlow ? 'this' : 'all'}
            onChange={(whose) => setFilter({ ...filter, flowId: whose === 'this' ? flowId : null, nodeId: null })}
          />
          <Select
            aria-label="Level"
            placeholder="Any level"
            data={[...debugLevels]}
            value={filter.level}
            onChange={(chosen) => setFilter({ ...filter, level: debugLevels.find((level) => level === chosen) ?? null })}
            clearable
            className={barStyles.level ?? ''}
          />
          {isThisFlow ? (
            <Select
              aria-label="Node"
              placeholder="Any node"
              data={nodes.map(({ id, name }) => ({ value: id, label: name }))}
              value={filter.nodeId}
              onChange={(nodeId) => setFilter({ ...filter, nodeId })}
              clearable
              searchable
              className={barStyles.node ?? ''}
            />
          ) : null}
          <TextInput
            aria-label="Words in the line"
            placeholder="Words in the line"
            leftSection={<IconSearch size={14} stroke={1.75} />}
            value={filter.text}
            onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
            className={barStyles.words ?? ''}
          />
          <span className={barStyles.spring} />
          <DebugSwitches />
          <PauseButton counts="lines" />
          <Button variant="default" leftSection={<IconTrash size={14} stroke={1.75} />} onClick={() => liveRuns.clearLines()}>
            Clear
          </Button>
        </div>
      </TabBarSlot>
      <DroppedNote counts="lines" flowId={filter.flowId} />
      <LiveLines filter={filter} onClearFilter={() => setFilter({ ...filter, nodeId: null, level: null, text: '' })} />
    </div>
  );
}

function LiveLines({ filter, onClearFilter }: { readonly filter: DebugFilter; readonly onClearFilter: () => void }) {
  const { liveRuns, bottomPanel } = useServices();
  const flow = useFlowStore();
  const { show } = useShownRun();
  const lines = useStore(liveRuns, (state) => state.lines);
  const open = useCallback(
    (line: DebugLine) => {
      show(line.runId);
      bottomPanel.open('runs');
      if (line.flowId !== flow.getState().flowId) return;
      flow.select([line.nodeId]);
      flow.inspect({ nodeId: line.nodeId });
    },
    [show, bottomPanel, flow],
  );
  const shown = useMemo(() => filterDebugLines(lines, filter), [lines, filter]);
  if (shown.length === 0 && lines.length === 0) {
    return (
      <EmptyState
        help="runs"
        text="Nothing was printed yet. Add a node of the category Debug, or write to the console in a script; each line appears here as it happens."
      />
    );
  }
  if (shown.length === 0) {
    return (
      <EmptyState text="No line fits these filters." help="runs">
        <Button variant="default" onClick={onClearFilter}>
          Remove the filters
        </Button>
      </EmptyState>
    );
  }
  return <DebugLineList lines={shown} hasFlow={filter.flowId === null} onOpen={open} />;
}
