import { Handle, type HandleType, Position } from '@xyflow/react';
import { memo } from 'react';
import type { NodePort, NodeShape } from './node-geometry.ts';
import styles from './node-ports.module.css';

const positions = { left: Position.Left, right: Position.Right, bottom: Position.Bottom } as const;

/** What is placed in a box counts from inside its border; ports count from outside. */
const borderWidth = 1;

interface NodePortsProps {
  readonly shape: NodeShape;
  /** From afar nobody reads them. */
  readonly hasLabels: boolean;
}

/** The ports of a node, each with its label on hover. */
export const NodePorts = memo(function NodePorts({ shape, hasLabels }: NodePortsProps) {
  return (
    <>
      {shape.inputs.map((port) => (
        <Port key={port.id} port={port} type="target" hasLabel={hasLabels} />
      ))}
      {shape.outputs.map((port) => (
        <Port key={port.id} port={port} type="source" hasLabel={hasLabels} />
      ))}
    </>
  );
});

function Port({ port, type, hasLabel }: { readonly port: NodePort; readonly type: HandleType; readonly hasLabel: boolean }) {
  const { id, label, side, x, y, isMissing } = port;
  const words = isMissing ? `${id}: this node has no such port` : id === label || label === '' ? id : `${id}: ${label}`;
  return (
    <Handle
      type={type}
      id={id}
      position={positions[side]}
      className={styles.port ?? ''}
      style={{ left: x - borderWidth, top: y - borderWidth }}
      data-error={(type === 'source' && id === 'error') || undefined}
      data-missing={isMissing || undefined}
      role="img"
      aria-label={words}
    >
      {hasLabel ? (
        <span className={styles.label} data-side={side}>
          {words}
        </span>
      ) : null}
    </Handle>
  );
}
