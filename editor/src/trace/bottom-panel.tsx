import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { ProblemsPanel } from '../inspector/problems-panel.tsx';
import type { BottomTab } from '../state/bottom-panel-store.ts';
import styles from './bottom-panel.module.css';
import { RepliesTab } from './replies-tab.tsx';
import { RunsTab } from './runs-tab.tsx';
import { TabBarSlotProvider } from './tab-bar-slot.tsx';
import { TraceTab } from './trace-tab.tsx';
import { useLightRun } from './use-light-run.ts';
import { useRunWatch } from './use-run-detail.ts';
import { useShownRun } from './use-shown-run.ts';

const tabs: readonly { readonly tab: BottomTab; readonly name: string }[] = [
  { tab: 'runs', name: 'Runs' },
  { tab: 'trace', name: 'Trace' },
  { tab: 'problems', name: 'Problems' },
  { tab: 'replies', name: 'Replies' },
];

/** Runs, trace, problems and replies, below the canvas. Its height is that of its place. */
export function BottomPanel() {
  const { bottomPanel } = useServices();
  const tab = useStore(bottomPanel, (state) => state.tab);
  const isCollapsed = useStore(bottomPanel, (state) => state.isCollapsed);
  const { runId } = useShownRun();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useOpenForRun(runId);

  return (
    <section aria-label="Runs and traces" className={styles.panel}>
      {runId === null ? null : <LitRun runId={runId} />}
      <Tabs
        value={tab}
        onChange={(next) => bottomPanel.open((next ?? 'runs') as BottomTab)}
        className={styles.tabs ?? ''}
        keepMounted={false}
      >
        <div className={styles.bar}>
          <Tabs.List className={styles.list ?? ''}>
            {tabs.map(({ tab: value, name }) => (
              <Tabs.Tab key={value} value={value} className={styles.tab ?? ''} onClick={() => bottomPanel.open(value)}>
                {name}
                {value === 'problems' ? <ProblemCount /> : null}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <div ref={setSlot} className={styles.slot} />
          <Tooltip label={isCollapsed ? 'Open the panel' : 'Fold the panel'}>
            <ActionIcon
              aria-label={isCollapsed ? 'Open the panel' : 'Fold the panel'}
              aria-expanded={!isCollapsed}
              onClick={() => bottomPanel.setCollapsed(!isCollapsed)}
            >
              {isCollapsed ? <IconChevronUp size={16} stroke={1.75} /> : <IconChevronDown size={16} stroke={1.75} />}
            </ActionIcon>
          </Tooltip>
        </div>
        {isCollapsed ? null : (
          <TabBarSlotProvider value={slot}>
            <Tabs.Panel value="runs" className={styles.content ?? ''}>
              <RunsTab />
            </Tabs.Panel>
            <Tabs.Panel value="trace" className={styles.content ?? ''}>
              <TraceTab />
            </Tabs.Panel>
            <Tabs.Panel value="problems" className={styles.content ?? ''}>
              <ProblemsPanel />
            </Tabs.Panel>
            <Tabs.Panel value="replies" className={styles.content ?? ''}>
              <RepliesTab />
            </Tabs.Panel>
          </TabBarSlotProvider>
        )}
      </Tabs>
    </section>
  );
}

/** Draws nothing itself: what it finds is drawn by the canvas. */
function LitRun({ runId }: { readonly runId: string }) {
  useRunWatch(runId);
  useLightRun(runId);
  return null;
}

function ProblemCount() {
  const count = useFlowState((state) => state.problems.length);
  return count === 0 ? null : <span className={styles.count}>{count}</span>;
}

/** An address that names a run leads to it, also when the panel was folded. */
function useOpenForRun(runId: string | null): void {
  const { bottomPanel } = useServices();
  useEffect(() => {
    if (runId !== null && bottomPanel.getState().tab !== 'replies') bottomPanel.open('runs');
  }, [runId, bottomPanel]);
}
