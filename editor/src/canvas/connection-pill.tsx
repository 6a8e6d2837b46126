import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle, IconLoader } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { LinkStatus } from '@wirebook/api';
import { Link } from 'wouter';
import { useServices } from '../app/services.tsx';
import { StateMark } from '../app/state-mark.tsx';
import styles from './flow-header.module.css';

const marks = {
  up: { tone: 'good', Icon: IconCircleCheck, word: 'up' },
  connecting: { tone: 'warn', Icon: IconLoader, word: 'connecting' },
  down: { tone: 'bad', Icon: IconCircleX, word: 'down' },
  unknown: { tone: 'muted', Icon: IconHelpCircle, word: 'unknown' },
} as const;

/** Worst first: one connection that is down is what people must see. */
const badness: readonly LinkStatus[] = ['down', 'connecting', 'unknown', 'up'];

/** How broker, REST and engine do; leads to the page Connections. */
export function ConnectionPill() {
  const { api } = useServices();
  const { data: connections } = useQuery({ queryKey: ['listConnections'], queryFn: () => api.call('listConnections', {}) });
  const { data: engine } = useQuery({ queryKey: ['getEngine'], queryFn: () => api.call('getEngine', {}) });
  const all = connections?.connections ?? [];
  const worst = (statuses: readonly LinkStatus[]) => badness.find((status) => statuses.includes(status)) ?? 'unknown';
  const broker = worst(all.map((connection) => connection.broker.status));
  const rest = worst(all.map((connection) => connection.rest.status));
  const reasons = all.flatMap(({ broker: stomp, rest: http }) => [stomp.reason, http.reason]).filter((reason) => reason !== null);
  if (engine?.reason) reasons.push(engine.reason);
  const isEngineUp = engine === undefined || engine.state === 'running';
  return (
    <Tooltip label={reasons.length === 0 ? 'Connections to the platform' : reasons.join('\n')} multiline maw={360}>
      <Link href="/connections" className={styles.pill}>
        <LinkPart name="STOMP" status={broker} />
        <LinkPart name="REST" status={rest} />
        {isEngineUp ? null : (
          <StateMark tone={engine.state === 'failed' ? 'bad' : 'warn'} icon={<IconAlertTriangle size={16} stroke={1.75} />}>
            engine {engine.state}
          </StateMark>
        )}
      </Link>
    </Tooltip>
  );
}

function LinkPart({ name, status }: { readonly name: string; readonly status: LinkStatus }) {
  const { tone, Icon, word } = marks[status];
  return (
    <StateMark tone={tone} icon={<Icon size={16} stroke={1.75} />}>
      {name} {word}
    </StateMark>
  );
}
