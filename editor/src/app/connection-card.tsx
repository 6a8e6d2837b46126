import { Alert, Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ConnectionView } from '@wirebook/api';
import { Link } from 'wouter';
import { describeFailure } from '../transport/api-error.ts';
import { Card, Fact, Facts } from './card.tsx';
import styles from './connection-card.module.css';
import { ConnectionTestResult } from './connection-test-result.tsx';
import { LinkMark } from './link-mark.tsx';
import { useServices } from './services.tsx';
import { TimeText } from './time-text.tsx';

/** A platform: where it is, how its two sides do, which flows use it, and a test that goes through it step by step. */
export function ConnectionCard({ connection }: { readonly connection: ConnectionView }) {
  const { api } = useServices();
  const test = useMutation({ mutationFn: () => api.call('testConnection', { params: { name: connection.name } }) });
  const { rest, broker, uses } = connection;
  return (
    <Card
      title={connection.isSimulator ? `${connection.org} (simulated platform)` : connection.org}
      acts={
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} stroke={1.75} />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Test connection
        </Button>
      }
    >
      <Facts>
        <Fact name="REST">
          <LinkMark name="REST" link={rest} />{' '}
          {rest.status === 'unknown' ? null : (
            <span className={styles.since}>
              for <TimeText atMs={rest.sinceMs} isSpan />
            </span>
          )}
          <div className={styles.mono}>
            {connection.host}:{connection.restPort}
          </div>
        </Fact>
        <Fact name="Broker (STOMP)">
          <LinkMark name="STOMP" link={broker} />{' '}
          {broker.status === 'unknown' ? null : (
            <span className={styles.since}>
              for <TimeText atMs={broker.sinceMs} isSpan />
            </span>
          )}
          <div className={styles.mono}>
            {connection.stompHost}:{connection.stompPort}
          </div>
        </Fact>
        <Fact name="Organisation id">
          <span className={styles.mono}>{connection.orgId ?? 'not known yet'}</span>
        </Fact>
        <Fact name="Account">{connection.account}</Fact>
        <Fact name="Section of app.config">
          <span className={styles.mono}>[{connection.name}]</span>
        </Fact>
        <Fact name="Certificates">
          {connection.isCertificateVerified ? 'verified: chain and host name' : 'NOT verified (cafile=false)'}
        </Fact>
      </Facts>
      {[rest, broker].map((link) =>
        link.reason === null ? null : (
          <Alert key={link.reason} color="red" mt="md">
            {link.reason} {link.code === null ? null : <span className={styles.mono}>({link.code})</span>}
          </Alert>
        ),
      )}
      <h3 className={styles.subtitle}>Deployed flows that use it</h3>
      {uses.length === 0 ? (
        <p className={styles.none}>None. Deploy a flow, and it is listed here with what it listens to.</p>
      ) : (
        <ul className={styles.uses}>
          {uses.map(({ flowId, flowName, destinations }) => (
            <li key={flowId}>
              <Link href={`/flows/${flowId}`} className={styles.link}>
                {flowName}
              </Link>{' '}
              <span className={styles.mono}>{destinations.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
      {test.error === null ? null : (
        <Alert color="red" mt="md" title="The test could not be made">
          {describeFailure(test.error)}
        </Alert>
      )}
      {test.data === undefined ? null : <ConnectionTestResult steps={test.data.steps} />}
    </Card>
  );
}
