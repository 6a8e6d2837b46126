import { Button, Select, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ActionState } from '@wirebook/api';
import { useState } from 'react';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { actionStates } from './action-state-mark.tsx';
import styles from './action-status.module.css';
import { ActionStatusTable } from './action-status-table.tsx';

/** What became of every action: of one incident, or of all. */
export function ActionStatus({ incidentId }: { readonly incidentId: number | null }) {
  const { api } = useServices();
  const [status, setStatus] = useState<ActionState | null>(null);
  const query = { ...(incidentId === null ? {} : { incidentId: String(incidentId) }), ...(status === null ? {} : { status }) };
  const answer = useQuery({
    queryKey: ['getActionStatus', query],
    queryFn: ({ signal }) => api.call('getActionStatus', { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label="Action Status" className={styles.section}>
      <header className={styles.head}>
        <h2 className={styles.title}>Action Status</h2>
        <Select
          aria-label="Status"
          placeholder="Any status"
          data={[...actionStates]}
          value={status}
          onChange={(next) => setStatus(actionStates.find((state) => state === next) ?? null)}
          clearable
          w={150}
        />
      </header>
      {answer.isError && answer.data === undefined ? <FailureState error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={84} role="progressbar" aria-label="Loading Action Status" /> : null}
      {answer.data === undefined ? null : answer.data.rows.length > 0 ? (
        <ActionStatusTable rows={answer.data.rows} hasIncident={incidentId === null} />
      ) : status === null ? (
        <EmptyState
          help="console"
          text="No action was run yet. Choose one under Actions of an incident, or in the menu of an artifact, a note or a row."
        />
      ) : (
        <EmptyState text={`No action has the status ${status}.`}>
          <Button variant="default" onClick={() => setStatus(null)}>
            Show every status
          </Button>
        </EmptyState>
      )}
    </section>
  );
}
