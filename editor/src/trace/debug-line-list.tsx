import type { DebugLine } from '@wirebook/api';
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { formatTime, formatTimeOfDay } from '../app/time-text.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import styles from './debug-line-list.module.css';
import { formatBytes } from './json-tree.tsx';
import { rowPx, useRowWindow } from './use-row-window.ts';

interface DebugLineListProps {
  readonly lines: readonly DebugLine[];
  readonly hasFlow: boolean;
  readonly onOpen: (line: DebugLine) => void;
}

/** Oldest above, newest below; follows the newest while it is at the end. */
export function DebugLineList({ lines, hasFlow, onOpen }: DebugLineListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const nodes = useFlowState((state) => state.document.nodes);
  const nodeNames = useMemo(() => new Map(nodes.map(({ id, name }) => [id, name])), [nodes]);
  const { first, end, scrollTop, scrollTo, isAtEnd, onScroll } = useRowWindow(scroller, lines.length);
  const before = useRef(lines);

  useLayoutEffect(() => {
    const [oldest] = lines;
    const gone = oldest === undefined || before.current[0] === oldest ? 0 : before.current.indexOf(oldest);
    before.current = lines;
    if (isFollowing) scrollTo(lines.length * rowPx);
    // What was let go at the top moves nothing in front of the reader.
    else if (gone > 0) scrollTo(Math.max(0, scrollTop() - gone * rowPx));
  }, [lines, isFollowing, scrollTo, scrollTop]);

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label="Debug lines"
        aria-live="off"
        onScroll={() => {
          onScroll();
          setFollowing(isAtEnd());
        }}
      >
        <div className={styles.rows} style={{ height: lines.length * rowPx }}>
          {lines.slice(first, end).map((line, offset) => (
            <Line
              // Numbers begin again when the server does.
              key={`${line.atMs} ${line.seq}`}
              line={line}
              top={(first + offset) * rowPx}
              nodeName={nodeNames.get(line.nodeId) ?? line.nodeId}
              hasFlow={hasFlow}
              onOpen={onOpen}
            />
          ))}
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
