import type { RunRow } from '@wirebook/api';
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './run-list.module.css';
import { RunListRow } from './run-list-row.tsx';
import { findAnchorShift } from './scroll-anchor.ts';
import { type RowWindow, rowPx, useRowWindow } from './use-row-window.ts';
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

/** Runs, newest first, only those in view drawn. New ones do not move what somebody reads or points at. */
export function RunList({ rows, openRunId, onOpen, isNarrow = false, hasFlow = true, children }: RunListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const nowMs = useTick(1000);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const view = useRowWindow(scroller, rows.length);
  const hold = useHeldRows(view, rows);
  const focusId = rows.some(({ head }) => head.runId === focusedId) ? focusedId : (openRunId ?? rows[0]?.head.runId ?? null);

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const index = rows.findIndex(({ head }) => head.runId === focusId);
    const next = rows[index + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    setFocusedId(next.head.runId);
    view.reveal(index + step, rowPx);
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
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen and walked by keys
          role="grid"
          aria-label="Runs"
          aria-rowcount={rows.length + 1}
          className={styles.table}
          onKeyDown={onKeyDown}
          onFocus={hold.onFocus}
          onBlur={hold.onBlur}
        >
          <RunListHead isNarrow={isNarrow} hasFlow={hasFlow} />
          <tbody className={styles.rows} style={{ height: rows.length * rowPx }}>
            {rows.slice(view.first, view.end).map((row, offset) => {
              const index = view.first + offset;
              return (
                <RunListRow
                  key={row.head.runId}
                  row={row}
                  index={index}
                  top={index * rowPx}
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
function useHeldRows(view: RowWindow, rows: readonly RunRow[]) {
  const { scrollTop, scrollTo } = view;
  const before = useRef<readonly string[]>([]);
  const isPointed = useRef(false);
  const isFocused = useRef(false);
  const isFollowing = useRef(true);
  const [newAbove, setNewAbove] = useState(0);

  useLayoutEffect(() => {
    const ids = rows.map(({ head }) => head.runId);
    const known = before.current;
    before.current = ids;
    const isHeld = isPointed.current || isFocused.current || scrollTop() > 0;
    if (!isHeld) return;
    const shift = findAnchorShift(known, Math.floor(scrollTop() / rowPx), ids);
    if (shift <= 0) return;
    scrollTo(scrollTop() + shift * rowPx);
    setNewAbove((count) => count + shift);
  }, [rows, scrollTop, scrollTo]);

  function toTop(): void {
    isFollowing.current = true;
    setNewAbove(0);
    scrollTo(0);
  }

  return {
    newAbove,
    toTop,
    onScroll: () => {
      view.onScroll();
      if (scrollTop() === 0) setNewAbove(0);
    },
    onPointerEnter: () => {
      isPointed.current = true;
      isFollowing.current = scrollTop() === 0;
    },
    onPointerLeave: () => {
      isPointed.current = false;
      // Whoever only passed over the list follows it again.
      if (isFollowing.current && !isFocused.current && scrollTop() <= newAbove * rowPx) toTop();
    },
    onFocus: () => {
      isFocused.current = true;
    },
    onBlur: () => {
      isFocused.current = false;
    },
  };
}
