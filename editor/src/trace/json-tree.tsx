import type { JsonValue } from '@wirebook/errors';
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { keepFolding, recallFolding } from './json-folding-memory.ts';
import { toExpressionPath } from './json-path.ts';
import { type JsonFolding, type JsonRow, listJsonRows, setOpen, showMore, toPlaceKey } from './json-rows.ts';
import styles from './json-tree.module.css';
import { JsonTreeRow } from './json-tree-row.tsx';
import { useCopied } from './use-copied.ts';

/** The value was cut when it was recorded or sent; the rest can be asked for. */
interface JsonTruncation {
  readonly sizeBytes: number | null;
  /** Null: what is shown is all that was kept. */
  readonly onLoadAll: (() => void) | null;
  readonly isLoading?: boolean;
}

export interface JsonTreeProps {
  readonly value: JsonValue;
  /** Expression that leads to the value, such as `` $steps.`Find the model` ``; '' for the message itself. */
  readonly rootPath?: string;
  /** Name of the tree for those who do not see what stands above it. */
  readonly label?: string;
  /** Called with the expression of the line that was chosen; without it paths can only be copied. */
  readonly onPath?: (path: string) => void;
  /** What was open is remembered under this name; the label and the root path when it is left out. */
  readonly memoryKey?: string;
  readonly truncation?: JsonTruncation | null;
}

/** A JSON value of any size as a tree: only what is open is drawn. */
export function JsonTree({ value, rootPath = '', label = 'Value', onPath, memoryKey, truncation = null }: JsonTreeProps) {
  const memory = memoryKey ?? `${label} ${rootPath}`;
  const [folding, setFolding] = useState<JsonFolding>(() => recallFolding(memory));
  const [activeKey, setActiveKey] = useState(toPlaceKey([]));
  const tree = useRef<HTMLDivElement>(null);
  const { copy, result } = useCopied();
  const rows = useMemo(() => listJsonRows(value, folding), [value, folding]);
  const activeIndex = Math.max(
    0,
    rows.findIndex(({ key }) => key === activeKey),
  );

  const fold = useCallback(
    (change: (before: JsonFolding) => JsonFolding) => {
      setFolding((before) => {
        const after = change(before);
        keepFolding(memory, after);
        return after;
      });
    },
    [memory],
  );
  const toggle = useCallback(
    (row: JsonRow) => {
      if (row.kind === 'more') fold((before) => showMore(before, row));
      else if (row.isOpen !== null) fold((before) => setOpen(before, row.key, row.isOpen !== true));
    },
    [fold],
  );
  const toPath = useCallback((row: JsonRow) => (row.kind === 'more' ? '' : toExpressionPath(rootPath, row.steps)), [rootPath]);

  function moveTo(index: number): void {
    // One child a row, in their order.
    const element = tree.current?.children[Math.min(rows.length - 1, Math.max(0, index))];
    if (element instanceof HTMLElement) element.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Where the focus is rules, not what was drawn last: keys may come faster than drawings.
    const key = event.target instanceof HTMLElement ? event.target.dataset.key : undefined;
    const index = rows.findIndex((each) => each.key === key);
    const row = rows[index];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyActions[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act({ rows, row, index, moveTo, toggle, onChoose: onPath === undefined ? null : () => onPath(toPath(row)) });
  }

  return (
    <div className={styles.frame}>
      <div ref={tree} role="tree" aria-label={label} className={styles.tree} onKeyDown={onKeyDown}>
        {rows.map((row, index) => (
          <JsonTreeRow
            key={row.key}
            row={row}
            isActive={index === activeIndex}
            rootLabel={rootPath === '' ? '$' : rootPath}
            copied={result?.key.endsWith(row.key) ? result : null}
            onFocus={setActiveKey}
            onToggle={toggle}
            onCopy={copy}
            toPath={toPath}
            onPath={onPath}
          />
        ))}
      </div>
      {truncation === null ? null : <TruncationMark {...truncation} />}
      <span role="status" className={styles.hidden}>
        {result === null ? '' : result.isCopied ? 'Copied' : 'The browser did not allow copying'}
      </span>
    </div>
  );
}

interface KeyScene {
  readonly rows: readonly JsonRow[];
  readonly row: JsonRow;
  readonly index: number;
  readonly moveTo: (index: number) => void;
  readonly toggle: (row: JsonRow) => void;
  readonly onChoose: (() => void) | null;
}

const keyActions: Readonly<Record<string, (scene: KeyScene) => void>> = {
  ArrowDown: ({ index, moveTo }) => moveTo(index + 1),
  ArrowUp: ({ index, moveTo }) => moveTo(index - 1),
  Home: ({ moveTo }) => moveTo(0),
  End: ({ rows, moveTo }) => moveTo(rows.length - 1),
  ArrowRight: ({ row, index, moveTo, toggle }) => {
    if (row.kind === 'more' || row.isOpen === null) return;
    if (row.isOpen) moveTo(index + 1);
    else toggle(row);
  },
  ArrowLeft: ({ rows, row, index, moveTo, toggle }) => {
    if (row.kind === 'value' && row.isOpen === true) toggle(row);
    else moveTo(rows.findLastIndex(({ level }, above) => above < index && level < row.level));
  },
  Enter: ({ row, toggle, onChoose }) => {
    if (onChoose !== null && row.kind === 'value') onChoose();
    else toggle(row);
  },
  ' ': ({ row, toggle }) => toggle(row),
};

function TruncationMark({ sizeBytes, onLoadAll, isLoading = false }: JsonTruncation) {
  const size = sizeBytes === null ? '' : ` of ${formatBytes(sizeBytes)}`;
  return (
    <p className={styles.truncation}>
      {onLoadAll === null ? `Cut${size}: the rest was not kept.` : `The beginning${size}.`}{' '}
      {onLoadAll === null ? null : (
        <button type="button" className={styles.link} onClick={onLoadAll} disabled={isLoading}>
          {isLoading ? 'Loading…' : 'Load all'}
        </button>
      )}
    </p>
  );
}

/** `640 B`, `12 KB`, `1.4 MB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1024) return `${sizeBytes} B`;
  if (sizeBytes < 1024 * 1024) return `${Math.round(sizeBytes / 1024)} KB`;
  return `${(sizeBytes / 1024 / 1024).toFixed(1)} MB`;
}
