import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConnectionCard } from './connection-card.tsx';
import styles from './connections-page.module.css';
import { EmptyState } from './empty-state.tsx';
import { EngineCard } from './engine-card.tsx';
import { FailureState } from './failure-state.tsx';
import { PageHead } from './page-head.tsx';
import { useServices } from './services.tsx';

/** The platforms that flows work on, and the engine that runs them. */
export function ConnectionsPage() {
  const { api } = useServices();
  const connections = useQuery({ queryKey: ['listConnections'], queryFn: () => api.call('listConnections', {}) });
  return (
    <div className={styles.page}>
      <PageHead title="Connections" />
      <div className={styles.body}>
        <EngineCard />
        {connections.isError ? <FailureState error={connections.error} onRetry={() => void connections.refetch()} /> : null}
        {connections.isPending ? <Skeleton height={160} /> : null}
        {connections.data?.connections.length === 0 ? (
          <EmptyState
            help="connections"
            text="No connection is set up. Name the platform in the [resilient] section of app.config and start Wirebook with --config."
          />
        ) : null}
        {connections.data?.connections.map((connection) => (
          <ConnectionCard key={connection.name} connection={connection} />
        ))}
      </div>
    </div>
  );
}
