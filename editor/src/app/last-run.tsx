import { IconCircleCheck, IconCircleX, IconClockX, IconLoader, IconPlayerStop } from '@tabler/icons-react';
import type { FlowSummary } from '@wirebook/api';
import { Link } from 'wouter';
import styles from './last-run.module.css';
import { StateMark } from './state-mark.tsx';
import { TimeText } from './time-text.tsx';

type Outcome = NonNullable<FlowSummary['lastRun']>['outcome'];

/** How the newest run of a flow went and when; leads to it. */
export function LastRun({ run }: { readonly run: FlowSummary['lastRun'] }) {
  if (run === null) return <span className={styles.never}>never</span>;
  return (
    <Link href={`/runs/${run.runId}`} className={styles.link}>
      <OutcomeMark outcome={run.outcome} /> <TimeText atMs={run.startedAtMs} />
    </Link>
  );
}

function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  switch (outcome) {
    case 'succeeded':
      return (
        <StateMark tone="good" icon={<IconCircleCheck size={16} stroke={1.75} />}>
          Succeeded
        </StateMark>
      );
    case 'failed':
      return (
        <StateMark tone="bad" icon={<IconCircleX size={16} stroke={1.75} />}>
          Failed
        </StateMark>
      );
    case 'timed-out':
      return (
        <StateMark tone="bad" icon={<IconClockX size={16} stroke={1.75} />}>
          Timed out
        </StateMark>
      );
    case 'cancelled':
      return (
        <StateMark tone="muted" icon={<IconPlayerStop size={16} stroke={1.75} />}>
          Cancelled
        </StateMark>
      );
    case null:
      return (
        <StateMark tone="info" icon={<IconLoader size={16} stroke={1.75} />}>
          Running
        </StateMark>
      );
    default:
      return outcome satisfies never;
  }
}
