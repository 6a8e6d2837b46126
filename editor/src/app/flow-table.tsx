import { Table } from '@mantine/core';
import { IconAlertTriangle, IconCircleDashed, IconCircleDot, IconCircleX, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { FlowState, FlowSummary } from '@wirebook/api';
import { Link } from 'wouter';
import { FlowMenu } from './flow-menu.tsx';
import styles from './flow-table.module.css';
import { LastRun } from './last-run.tsx';
import { StateMark } from './state-mark.tsx';
import { TimeText } from './time-text.tsx';

/** One row a flow; the name leads to its canvas. */
export function FlowTable({ flows }: { readonly flows: readonly FlowSummary[] }) {
  return (
    <Table className={styles.table} stickyHeader highlightOnHover verticalSpacing={6} horizontalSpacing="lg">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Flow</Table.Th>
          <Table.Th className={styles.state}>State</Table.Th>
          <Table.Th className={styles.listens}>Listens to</Table.Th>
          <Table.Th className={styles.last}>Last run</Table.Th>
          <Table.Th className={styles.changed}>Changed</Table.Th>
          <Table.Th className={styles.number}>Nodes</Table.Th>
          <Table.Th aria-label="Acts" className={styles.acts} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {flows.map((flow) => (
          <Table.Tr key={flow.id}>
            <Table.Td>
              <Link href={`/flows/${flow.id}`} className={styles.link} title={flow.name}>
                {flow.name}
              </Link>
              {flow.description === '' ? null : (
                <div className={styles.description} title={flow.description}>
                  {flow.description}
                </div>
              )}
            </Table.Td>
            <Table.Td>
              <FlowStateMark flow={flow} />
              <FlowProblems problems={flow.problems} />
            </Table.Td>
            <Table.Td>
              {flow.triggers.length === 0 ? (
                <span className={styles.none}>nothing</span>
              ) : (
                <span className={styles.triggers} title={flow.triggers.join(', ')}>
                  {flow.triggers.join(', ')}
                </span>
              )}
            </Table.Td>
            <Table.Td className={styles.time}>
              <LastRun run={flow.lastRun} />
            </Table.Td>
            <Table.Td className={styles.time}>
              <TimeText atMs={flow.changedAtMs} />
              <div className={styles.description}>by {flow.changedBy}</div>
            </Table.Td>
            <Table.Td className={styles.number}>{flow.nodeCount}</Table.Td>
            <Table.Td className={styles.acts}>
              <FlowMenu flow={flow} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const stateWords: Record<FlowState, { readonly word: string; readonly tone: 'good' | 'info' | 'muted' }> = {
  deployed: { word: 'Deployed', tone: 'good' },
  changed: { word: 'Changed since deployment', tone: 'info' },
  draft: { word: 'Draft', tone: 'muted' },
  stopped: { word: 'Stopped', tone: 'muted' },
};

const stateIcons = {
  deployed: <IconPlayerPlay size={16} stroke={1.75} />,
  changed: <IconCircleDot size={16} stroke={1.75} />,
  draft: <IconCircleDashed size={16} stroke={1.75} />,
  stopped: <IconPlayerStop size={16} stroke={1.75} />,
};

function FlowStateMark({ flow }: { readonly flow: FlowSummary }) {
  const { word, tone } = stateWords[flow.state];
  return (
    <>
      <StateMark tone={tone} icon={stateIcons[flow.state]}>
        {word}
      </StateMark>
      {flow.deployedVersion === null ? null : <div className={styles.version}>version {flow.deployedVersion} runs</div>}
    </>
  );
}

function FlowProblems({ problems }: { readonly problems: FlowSummary['problems'] }) {
  const { errors, warnings } = problems;
  if (errors > 0) {
    return (
      <div>
        <StateMark tone="bad" icon={<IconCircleX size={16} stroke={1.75} />}>
          {errors === 1 ? '1 error' : `${errors} errors`}
        </StateMark>
      </div>
    );
  }
  return warnings === 0 ? null : (
    <div>
      <StateMark tone="warn" icon={<IconAlertTriangle size={16} stroke={1.75} />}>
        {warnings === 1 ? '1 warning' : `${warnings} warnings`}
      </StateMark>
    </div>
  );
}
