import { useVirtualizer } from '@tanstack/react-virtual';
import type { RunRow } from '@wirebook/api';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './run-list.module.css';
import { RunListRow } from './run-list-row.tsx';
import { findAnchorShift } from './scroll-anchor.ts';
import { useTick } from './use-tick.ts';

export interface RunListProps {
  readonly rows: readonly RunRow[];
  readonly openRunId: string | null;
  readonly onOpen: (runId: string) => void;
  /** Only what tells runs apart: beside an open run. */
  readonly isNarrow?: boolean;
  readonly hasFlow?: boolean;
  /** Stands below the last row. */
  readonly children?: ReactNode;
}

const rowPx = 28;

/** Runs, newest first, only those in view drawn. New ones do not move what somebody reads or points at. */
export function RunList({ rows, openRunId, onOpen, isNarrow = false, hasFlow = true, children }: RunListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const nowMs = useTick(1000);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const hold = useHeldRows(scroller, rows);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => rows[index]?.head.runId ?? index,
    overscan: 8,
  });
  const focusId = rows.some(({ head }) => head.runId === focusedId) ? focusedId : (openRunId ?? rows[0]?.head.runId ?? null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const index = rows.findIndex(({ head }) => head.runId === focusId);
    const next = rows[index + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    setFocusedId(next.head.runId);
    virtualizer.scrollToIndex(index + step);
    const row = scroller.current?.querySelector(`[data-run="${CSS.escape(next.head.runId)}"]`);
    if (row instanceof HTMLElement) row.focus({ preventScroll: true });
  }

  return (
    <div className={`${styles.frame} ${isNarrow ? styles.narrow : hasFlow ? styles.wide : styles.oneFlow}`}>
      {hold.newAbove > 0 ? (
        <button type="button" className={styles.newer} onClick={hold.toTop}>
          {hold.newAbove === 1 ? '1 newer run' : `${hold.newAbove} newer runs`} above
        </button>
      ) : null}
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={hold.onScroll}
        onPointerEnter={hold.onPointerEnter}
        onPointerLeave={hold.onPointerLeave}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen and walked by keys */}
        <table role="grid" aria-label="Runs" aria-rowcount={rows.length + 1} className={styles.table} onKeyDown={onKeyDown}>
          <RunListHead isNarrow={isNarrow} hasFlow={hasFlow} />
          <tbody className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <RunListRow
                  key={key}
                  row={row}
                  index={index}
                  top={start}
                  nowMs={nowMs}
                  isOpen={row.head.runId === openRunId}
                  isFocusable={row.head.runId === focusId}
                  isNarrow={isNarrow}
                  hasFlow={hasFlow}
                  onOpen={onOpen}
                />
              );
            })}
          </tbody>
        </table>
        {children}
      </div>
    </div>
  );
}

function RunListHead({ isNarrow, hasFlow }: { readonly isNarrow: boolean; readonly hasFlow: boolean }) {
  return (
    <thead className={styles.headGroup}>
      <tr aria-rowindex={1} className={styles.head}>
        <th scope="col">State</th>
        {hasFlow && !isNarrow ? <th scope="col">Flow</th> : null}
        <th scope="col">{hasFlow && isNarrow ? 'Flow' : 'Trigger'}</th>
        {isNarrow ? null : (
          <th scope="col" className={styles.number}>
            Incident
          </th>
        )}
        <th scope="col">Started</th>
        <th scope="col" className={styles.number}>
          {isNarrow ? 'Took' : 'Duration'}
        </th>
        {isNarrow ? null : (
          <>
            <th scope="col" className={styles.number}>
              Steps
            </th>
            <th scope="col">Tries</th>
            <th scope="col">Error</th>
          </>
        )}
      </tr>
    </thead>
  );
}

/** Keeps the place of what is read: when rows come above it, the list is scrolled by so much. */
function useHeldRows(scroller: React.RefObject<HTMLDivElement | null>, rows: readonly RunRow[]) {
  const before = useRef<readonly string[]>([]);
  const isPointed = useRef(false);
  const isFollowing = useRef(true);
  const [newAbove, setNewAbove] = useState(0);

  useLayoutEffect(() => {
    const ids = rows.map(({ head }) => head.runId);
    const element = scroller.current;
    const known = before.current;
    before.current = ids;
    if (element === null || (!isPointed.current && element.scrollTop === 0)) return;
    const shift = findAnchorShift(known, Math.floor(element.scrollTop / rowPx), ids);
    if (shift <= 0) return;
    element.scrollTop += shift * rowPx;
    setNewAbove((count) => count + shift);
  }, [rows, scroller]);

  function toTop(): void {
    isFollowing.current = true;
    setNewAbove(0);
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }

  return {
    newAbove,
    toTop,
    onScroll: () => {
      if (scroller.current?.scrollTop === 0) setNewAbove(0);
    },
    onPointerEnter: () => {
      isPointed.current = true;
      isFollowing.current = scroller.current?.scrollTop === 0;
    },
    onPointerLeave: () => {
      isPointed.current = false;
      const isAsItWas = scroller.current !== null && scroller.current.scrollTop <= newAbove * rowPx;
      if (isFollowing.current && isAsItWas) toTop();
    },
  };
}
