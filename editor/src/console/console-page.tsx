import { Skeleton } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { ActionStatus } from './action-status.tsx';
import styles from './console-page.module.css';
import { IncidentList } from './incident-list.tsx';
import { IncidentView } from './incident-view.tsx';
import { useConsoleAnswers } from './use-console-answers.ts';

/** The analyst's side of the simulated platform: where actions begin, and where their replies are read. */
export function ConsolePage() {
  const { api } = useServices();
  const { incidentId } = useParams<{ incidentId?: string }>();
  const openId = incidentId === undefined || !/^\d+$/.test(incidentId) ? null : Number(incidentId);
  useConsoleAnswers();
  const answer = useQuery({ queryKey: ['listConsoleIncidents'], queryFn: () => api.call('listConsoleIncidents', {}) });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{answer.data?.orgName ?? 'Console'}</h1>
        <span className={styles.label}>
          <IconFlask size={14} stroke={1.75} aria-hidden />
          Simulated SOAR console
        </span>
      </header>
      {answer.isError && answer.data === undefined ? <FailureState error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={180} m="lg" role="progressbar" aria-label="Loading incidents" /> : null}
      {answer.data === undefined ? null : answer.data.incidents.length === 0 ? (
        <EmptyState help="console" text="The simulated platform has no incident." />
      ) : (
        <div className={styles.columns}>
          <IncidentList incidents={answer.data.incidents} openId={openId} />
          <div className={styles.body}>
            <div className={styles.sheet}>
              {openId === null ? (
                <>
                  <p className={styles.hint}>Choose an incident to run an action on it. What became of all actions is below.</p>
                  <ActionStatus incidentId={null} />
                </>
              ) : (
                <IncidentView key={openId} incidentId={openId} />
              )}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
