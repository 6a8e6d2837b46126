import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useRunOverlay } from '../trace/use-run-overlay.ts';
import type { CanvasWire } from './derive-wires.ts';
import styles from './flow-wire.module.css';
import { drawWire } from './wire-path.ts';

/** Wires end at the edge of the port; the arrow head takes the last units. */
const headLength = 7;

/** A wire with a small arrow head at its end. */
export const FlowWireView = memo(function FlowWireView(props: EdgeProps<CanvasWire>) {
  const { id, sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, selected, data } = props;
  const isLit = useRunOverlay((state) => state.litWires.has(id));
  const [path, labelX, labelY] = drawWire({
    sourceX,
    sourceY,
    sourcePosition,
    targetX: targetX - headLength + 1,
    targetY,
    targetPosition,
  });
  const state = selected ? 'selected' : isLit ? 'lit' : data?.isError ? 'error' : undefined;
  return (
    <g className={styles.wire} data-state={state}>
      <BaseEdge id={id} path={path} interactionWidth={18} className={styles.line ?? ''} />
      <path
        className={styles.head}
        d={`M ${targetX - headLength} ${targetY - 4} L ${targetX} ${targetY} L ${targetX - headLength} ${targetY + 4} Z`}
      />
      {data?.portLabel ? (
        <EdgeLabelRenderer>
          <span className={styles.label} style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}>
            {data.portLabel}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </g>
  );
});
