import { useVirtualizer } from '@tanstack/react-virtual';
import type { DebugLine } from '@wirebook/api';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { formatTime } from '../app/time-text.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import styles from './debug-line-list.module.css';
import { formatBytes } from './json-tree.tsx';

interface DebugLineListProps {
  readonly lines: readonly DebugLine[];
  readonly hasFlow: boolean;
  readonly onOpen: (line: DebugLine) => void;
}

const rowPx = 28;

/** Oldest above, newest below; follows the newest while it is at the end. */
export function DebugLineList({ lines, hasFlow, onOpen }: DebugLineListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const names = useFlowState((state) => state.document.nodes);
  const firstSeq = useRef(lines[0]?.seq ?? 0);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => lines[index]?.seq ?? index,
    overscan: 8,
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const gone = lines.findIndex(({ seq }) => seq >= firstSeq.current);
    firstSeq.current = lines[0]?.seq ?? 0;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    // What was let go at the top moves nothing in front of the reader.
    else if (gone < 0) element.scrollTop = 0;
  }, [lines, isFollowing]);

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label="Debug lines"
        aria-live="off"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setFollowing(scrollHeight - scrollTop - clientHeight < rowPx)
        }
      >
        <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            if (line === undefined) return null;
            const nodeName = names.find(({ id }) => id === line.nodeId)?.name ?? line.nodeId;
            return <Line key={key} line={line} top={start} nodeName={nodeName} hasFlow={hasFlow} onOpen={onOpen} />;
          })}
        </div>
      </div>
      {isFollowing ? null : (
        <button type="button" className={styles.newest} onClick={() => setFollowing(true)}>
          To the newest
        </button>
      )}
    </div>
  );
}

interface LineProps {
  readonly line: DebugLine;
  readonly top: number;
  readonly nodeName: string;
  readonly hasFlow: boolean;
  readonly onOpen: (line: DebugLine) => void;
}

const Line = memo(function Line({ line, top, nodeName, hasFlow, onOpen }: LineProps) {
  const { session } = useServices();
  const { timeZone } = session.product;
  return (
    <div className={`${styles.row} ${hasFlow ? styles.withFlow : ''}`} style={{ transform: `translateY(${top}px)` }}>
      <time className={styles.time} dateTime={new Date(line.atMs).toISOString()} title={formatTime(line.atMs, timeZone)}>
        {formatTimeOfDay(line.atMs, timeZone)}
      </time>
      {hasFlow ? <span className={styles.quiet}>{line.flowName}</span> : null}
      <button type="button" className={styles.node} title={`Show ${nodeName} and run ${line.runId}`} onClick={() => onOpen(line)}>
        {nodeName}
      </button>
      <span className={`${styles.level} ${styles[line.level] ?? ''}`}>{line.level}</span>
      <span className={styles.quiet} title={line.label}>
        {line.label}
      </span>
      <span className={styles.text} title={line.text}>
        {line.text}
      </span>
      <span className={styles.size}>{formatBytes(line.sizeBytes)}</span>
    </div>
  );
});

const formats = new Map<string, Intl.DateTimeFormat>();

/** `12:04:09.123`; the zone stands in the tooltip. One formatter a zone: making one costs more than using it. */
function formatTimeOfDay(atMs: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format.format(atMs);
}
