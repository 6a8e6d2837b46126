import type { FlowSummary } from '@wirebook/api';
import { Link } from 'wouter';
import { RunStatusMark } from '../trace/run-status.tsx';
import styles from './last-run.module.css';
import { TimeText } from './time-text.tsx';

/** How the newest run of a flow went and when; leads to it. */
export function LastRun({ run }: { readonly run: FlowSummary['lastRun'] }) {
  if (run === null) return <span className={styles.never}>never</span>;
  return (
    <Link href={`/runs/${run.runId}`} className={styles.link}>
      <RunStatusMark state={run.outcome ?? 'running'} /> <TimeText atMs={run.startedAtMs} />
    </Link>
  );
}
