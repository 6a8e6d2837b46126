import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { EmptyState } from './empty-state.tsx';
import { FailureState } from './failure-state.tsx';
import { findFlows } from './find-flows.ts';
import { FlowImportButton } from './flow-import-button.tsx';
import { FlowTable } from './flow-table.tsx';
import styles from './flows-page.module.css';
import { NewFlowDialog } from './new-flow-dialog.tsx';
import { PageHead } from './page-head.tsx';
import { useServices } from './services.tsx';

/** All flows with what runs, what changed and how they do. */
export function FlowsPage() {
  const { api } = useServices();
  const [words, setWords] = useState('');
  const [isMaking, setIsMaking] = useState(false);
  const flows = useQuery({ queryKey: ['listFlows'], queryFn: () => api.call('listFlows', {}), refetchInterval: 10_000 });
  const shown = useMemo(() => findFlows(flows.data?.flows ?? [], words), [flows.data, words]);

  return (
    <div className={styles.page}>
      <PageHead title="Flows">
        <TextInput
          aria-label="Search flows"
          placeholder="Search name, trigger, state"
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          w={260}
        />
        <FlowImportButton icon={<IconUpload size={16} stroke={1.75} />} />
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setIsMaking(true)}>
          New flow
        </Button>
      </PageHead>
      <div className={styles.body}>
        {flows.isError ? <FailureState error={flows.error} onRetry={() => void flows.refetch()} /> : null}
        {flows.isPending ? <Skeleton height={180} m="lg" /> : null}
        {flows.data === undefined ? null : flows.data.flows.length === 0 ? (
          <EmptyState
            help="flows"
            text="There is no flow yet. A flow listens to a function or a message destination of the platform and answers what comes."
          >
            <Button onClick={() => setIsMaking(true)}>New flow</Button>
          </EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState text={`No flow has "${words}" in its name, trigger or state.`}>
            <Button variant="default" onClick={() => setWords('')}>
              Show all flows
            </Button>
          </EmptyState>
        ) : (
          <FlowTable flows={shown} />
        )}
      </div>
      {isMaking ? <NewFlowDialog onClose={() => setIsMaking(false)} /> : null}
    </div>
  );
}
