import { Button, Tabs } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { Link } from 'wouter';
import { RepliesOfRun } from '../trace/replies-of-run.tsx';
import { RunDetail } from '../trace/run-detail.tsx';
import { useRunDetail, useRunWatch } from '../trace/use-run-detail.ts';
import styles from './runs-page.module.css';

/** One run on the page Runs: its steps, and what the analyst saw. */
export function RunView({ runId, onClose }: { readonly runId: string; readonly onClose: () => void }) {
  useRunWatch(runId);
  const { data } = useRunDetail(runId);
  const flowId = data?.row.head.flowId;
  return (
    <Tabs defaultValue="steps" className={styles.view ?? ''} keepMounted={false}>
      <Tabs.Panel value="steps" className={styles.viewPanel ?? ''}>
        <RunDetail runId={runId} onClose={onClose}>
          {flowId === undefined ? null : (
            <Button
              variant="default"
              component={Link}
              href={`/flows/${flowId}?run=${encodeURIComponent(runId)}`}
              leftSection={<IconSitemap size={14} stroke={1.75} />}
            >
              Show on the canvas
            </Button>
          )}
        </RunDetail>
      </Tabs.Panel>
      <Tabs.Panel value="replies" className={styles.viewPanel ?? ''}>
        <RepliesOfRun runId={runId} />
      </Tabs.Panel>
      <Tabs.List className={styles.viewTabs ?? ''}>
        <Tabs.Tab value="steps">Steps</Tabs.Tab>
        <Tabs.Tab value="replies">Replies</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
