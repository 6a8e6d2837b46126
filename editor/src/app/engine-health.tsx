import { Table } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { DestinationHealth, DropCounts } from '@wirebook/api';
import { Fact, Facts } from './card.tsx';
import styles from './engine-health.module.css';
import { useServices } from './services.tsx';
import { StateMark } from './state-mark.tsx';
import { TimeText } from './time-text.tsx';
import { describeWaiting } from './waiting-words.ts';

const refreshMs = 3000;

/** What operators ask of the engine: is it ready, what is old, what was lost, and what each destination gives. */
export function EngineHealth() {
  const { api } = useServices();
  const health = useQuery({ queryKey: ['getHealth'], queryFn: () => api.call('getHealth', {}), refetchInterval: refreshMs });
  if (health.data === undefined) return null;
  const { notReady, oldestOpenAtMs, openEntries, inDoubt, takenOver, waiting, outbound, drops, destinations } = health.data;
  return (
    <div className={styles.health}>
      <Facts>
        <Fact name="Takes messages">
          {notReady.length === 0 ? (
            <StateMark tone="good" icon={<IconCircleCheck size={16} stroke={1.75} />}>
              Ready
            </StateMark>
          ) : (
            <StateMark tone="bad" icon={<IconCircleX size={16} stroke={1.75} />}>
              {notReady.join('; ')}
            </StateMark>
          )}
        </Fact>
        <Fact name="Oldest unsettled message">
          {oldestOpenAtMs === null ? 'none' : <TimeText atMs={oldestOpenAtMs} />}
          {openEntries > 1 ? `, of ${openEntries}` : ''}
        </Fact>
        {takenOver === 0 ? null : <Fact name="Kept in the ledger">{takenOver}</Fact>}
        <Fact name="Waiting">{describeWaiting(waiting, outbound.stepsWaiting)}</Fact>
        {inDoubt === 0 ? null : <Fact name="Replies in doubt">{inDoubt}</Fact>}
        <Fact name="Dropped">{describeDrops(drops)}</Fact>
      </Facts>
      {destinations.length === 0 ? null : <Destinations destinations={destinations} />}
    </div>
  );
}

function Destinations({ destinations }: { readonly destinations: readonly DestinationHealth[] }) {
  const hasDepth = destinations.some(({ depth }) => depth !== null);
  return (
    <Table className={styles.table} verticalSpacing={4} aria-label="Destinations">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Destination</Table.Th>
          <Table.Th>Subscription</Table.Th>
          <Table.Th>Newest message</Table.Th>
          <Table.Th className={styles.number}>Received</Table.Th>
          {hasDepth ? <Table.Th className={styles.number}>In the queue</Table.Th> : null}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {destinations.map(({ name, isSubscribed, newestMessageAtMs, receivedCount, depth }) => (
          <Table.Tr key={name}>
            <Table.Td className="wb-mono">{name}</Table.Td>
            <Table.Td>{isSubscribed ? 'open' : 'not open'}</Table.Td>
            <Table.Td>{newestMessageAtMs === null ? 'none yet' : <TimeText atMs={newestMessageAtMs} />}</Table.Td>
            <Table.Td className={styles.number}>{receivedCount}</Table.Td>
            {hasDepth ? <Table.Td className={styles.number}>{depth ?? ''}</Table.Td> : null}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function describeDrops({ trace, live, poison, spans }: DropCounts): string {
  const parts = [
    [trace, 'parts of traces'],
    [live, 'live rows and lines'],
    [poison, 'messages of the poison tray'],
    [spans, 'spans'],
  ] as const;
  const dropped = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return dropped.length === 0 ? 'nothing' : dropped.join(', ');
}
