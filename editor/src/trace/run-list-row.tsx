import type { RunRow } from '@wirebook/api';
import { type KeyboardEvent, memo } from 'react';
import { useServices } from '../app/services.tsx';
import { formatAge, formatDuration, formatTime } from '../app/time-text.tsx';
import styles from './run-list.module.css';
import { RunStatusMark } from './run-status.tsx';

interface RunListRowProps {
  readonly row: RunRow;
  readonly index: number;
  readonly top: number;
  readonly nowMs: number;
  readonly isOpen: boolean;
  readonly isFocusable: boolean;
  readonly isNarrow: boolean;
  readonly hasFlow: boolean;
  readonly onOpen: (runId: string) => void;
}

/** Where a row stands changes with each batch, what is in it seldom: the cells are drawn on their own. */
export const RunListRow = memo(function RunListRow(props: RunListRowProps) {
  const { row, index, top, nowMs, isOpen, isFocusable, isNarrow, hasFlow, onOpen } = props;
  const { runId, startedAtMs } = row.head;
  const durationMs = row.durationMs ?? (row.status === 'running' ? Math.max(0, nowMs - startedAtMs) : null);
  return (
    <tr
      tabIndex={isFocusable ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-run={runId}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(runId)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen(runId);
      }}
    >
      <RunCells
        row={row}
        age={formatAge(startedAtMs, nowMs)}
        duration={
          durationMs === null
            ? ''
            : row.durationMs === null
              ? formatDuration(Math.floor(durationMs / 1000) * 1000)
              : formatDuration(durationMs)
        }
        isNarrow={isNarrow}
        hasFlow={hasFlow}
      />
    </tr>
  );
});

interface RunCellsProps {
  readonly row: RunRow;
  readonly age: string;
  readonly duration: string;
  readonly isNarrow: boolean;
  readonly hasFlow: boolean;
}

const RunCells = memo(function RunCells({ row, age, duration, isNarrow, hasFlow }: RunCellsProps) {
  const { session } = useServices();
  const { head } = row;
  const trigger = head.triggerName ?? head.destination;
  const exact = formatTime(head.startedAtMs, session.product.timeZone);
  return (
    <>
      <td>
        <RunStatusMark state={row.status} isIconOnly={isNarrow} />
      </td>
      {hasFlow && !isNarrow ? <td title={head.flowName}>{head.flowName}</td> : null}
      <td className={styles.trigger} title={trigger}>
        {hasFlow && isNarrow ? head.flowName : trigger}
      </td>
      {isNarrow ? null : <td className={styles.number}>{head.incidentId ?? ''}</td>}
      <td className={styles.quiet}>
        <time dateTime={new Date(head.startedAtMs).toISOString()} title={exact}>
          {age}
        </time>
      </td>
      <td className={styles.number}>{duration}</td>
      {isNarrow ? null : (
        <>
          <td className={styles.number}>{row.stepCount}</td>
          <td className={styles.quiet} title={describeTries(row)}>
            {describeTries(row)}
          </td>
          <td className={styles.error} title={row.errorCode ?? undefined}>
            {row.errorCode ?? ''}
          </td>
        </>
      )}
    </>
  );
});

/** Nothing is said of a run that went through at the first try. */
function describeTries({ attempts, retryCount }: RunRow): string {
  const parts = [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(retryCount > 0 ? [retryCount === 1 ? '1 retry' : `${retryCount} retries`] : []),
  ];
  return parts.join(', ');
}
