import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useServices } from '../app/services.tsx';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { NodeIcon } from '../canvas/node-icon.tsx';
import styles from './outline.module.css';
import { listOutlineRows } from './outline-rows.ts';

const rowHeight = 28;
/** Deeper levels are not indented further: names would have no room. */
const maxIndent = 6;

/** The flow as a tree of its nodes: selecting and opening them without the canvas. */
export function Outline() {
  const { nodeTypes } = useServices();
  const { store, canvas } = useCommandContext();
  const document = useFlowState((state) => state.document);
  const selected = useFlowState(({ selectedNodeIds }) => selectedNodeIds);
  const problems = useFlowState((state) => state.problems);
  const rows = useMemo(() => listOutlineRows(document), [document]);
  const worst = useMemo(() => {
    const found = new Map<string, 'error' | 'warning'>();
    for (const { nodeId, severity } of problems) {
      if (nodeId !== undefined && found.get(nodeId) !== 'error') found.set(nodeId, severity);
    }
    return found;
  }, [problems]);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement | null>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  function choose(index: number, isOpening: boolean): void {
    const row = rows[index];
    if (row === undefined) return;
    setActive(index);
    store.select([row.node.id]);
    canvas.reveal([row.node.id]);
    if (isOpening) {
      store.inspect({ nodeId: row.node.id });
      canvas.openInspector();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = { Home: 0, End: rows.length - 1 }[event.key] ?? (step === undefined ? undefined : active + step);
    if (target !== undefined) {
      const index = Math.max(0, Math.min(rows.length - 1, target));
      list.scrollToIndex(index);
      choose(index, false);
    } else if (event.key === 'Enter' || event.key === ' ') choose(active, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  if (rows.length === 0) return <p className={styles.nothing}>This flow has no nodes yet.</p>;
  const activeId = rows[Math.min(active, rows.length - 1)]?.node.id;
  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label="Outline of the flow"
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={activeId === undefined ? undefined : `outline-${activeId}`}
      onKeyDown={onKeyDown}
    >
      <div className={styles.height} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { node, level, port } = row;
          const descriptor = nodeTypes.findDescriptor(node.type);
          const severity = worst.get(node.id);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of its items.
            <div
              key={node.id}
              id={`outline-${node.id}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={level}
              aria-selected={selected.has(node.id)}
              className={styles.row}
              data-active={node.id === activeId || undefined}
              data-disabled={node.disabled || undefined}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + (Math.min(level, maxIndent) - 1) * 12 }}
              onClick={() => choose(index, false)}
              onDoubleClick={() => choose(index, true)}
            >
              <NodeIcon name={descriptor?.icon ?? null} category={descriptor?.category ?? 'debug'} />
              <span className={styles.name} title={node.name}>
                {node.name}
              </span>
              {port === null || port === 'out' ? null : <span className={styles.mark}>{port}</span>}
              {node.disabled ? <span className={styles.mark}>disabled</span> : null}
              {severity === undefined ? null : <ProblemIcon severity={severity} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ProblemIcon({ severity }: { readonly severity: 'error' | 'warning' }) {
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
  return (
    <span className={styles.problem} data-severity={severity} role="img" aria-label={severity === 'error' ? 'has errors' : 'has warnings'}>
      <Icon size={16} stroke={1.75} />
    </span>
  );
}
