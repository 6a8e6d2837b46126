import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { type NodeProps, useStore } from '@xyflow/react';
import { memo } from 'react';
import { useRunOverlay } from '../trace/use-run-overlay.ts';
import type { CanvasNode, NodeFace } from './derive-nodes.ts';
import styles from './flow-node.module.css';
import { InjectButton } from './inject-button.tsx';
import { NodeIcon } from './node-icon.tsx';
import { NodePorts } from './node-ports.tsx';
import { NodeStateIcon } from './node-state-icon.tsx';
import { NodeStatusLine } from './node-status-line.tsx';

/** Below this zoom a node is a plain box. */
const leastZoom = 0.35;
const isFarSelector = ({ transform }: { readonly transform: readonly [number, number, number] }) => transform[2] < leastZoom;

/** A node on the canvas. */
export const FlowNodeView = memo(function FlowNodeView({ id, data, selected }: NodeProps<CanvasNode>) {
  const isFar = useStore(isFarSelector);
  const runState = useRunOverlay((state) => (state.runId === null ? undefined : (state.nodeStates.get(id) ?? 'unreached')));
  const isStep = useRunOverlay((state) => state.stepNodeId === id);
  const { node, category, shape } = data;
  return (
    <div
      className={styles.node}
      style={{ height: shape.height }}
      data-category={category}
      data-selected={selected || undefined}
      data-disabled={node.disabled || undefined}
      data-far={isFar || undefined}
      data-run={runState}
      data-step={isStep || undefined}
      data-problem={data.problems.errors > 0 ? 'error' : undefined}
    >
      {isFar ? null : <Face id={id} face={data} />}
      <NodePorts shape={shape} hasLabels={!isFar} />
    </div>
  );
});

function Face({ id, face }: { readonly id: string; readonly face: NodeFace }) {
  const { node, typeLabel, icon, category, problems, isChanged } = face;
  return (
    <>
      <div className={styles.face}>
        <NodeIcon name={icon} category={category} size="large" />
        <div className={styles.words}>
          <div className={styles.title} title={node.name}>
            <span className={styles.name}>{node.name}</span>
            {isChanged ? <span className={styles.changed} title="Changed since the last deployment" /> : null}
          </div>
          <div className={styles.type}>{node.disabled ? `${typeLabel}, disabled` : typeLabel}</div>
        </div>
        <InjectButton node={node} look="icon" />
        <NodeStateIcon nodeId={id} />
      </div>
      {problems.text === '' ? null : (
        <Tooltip label={<span className={styles.problemText}>{problems.text}</span>} multiline maw={360}>
          <span className={styles.badge} data-severity={problems.errors > 0 ? 'error' : 'warning'}>
            {problems.errors > 0 ? <IconCircleX size={12} stroke={2} /> : <IconAlertTriangle size={12} stroke={2} />}
            {problems.errors > 0 ? problems.errors : problems.warnings}
          </span>
        </Tooltip>
      )}
      <NodeStatusLine nodeId={id} />
    </>
  );
}
