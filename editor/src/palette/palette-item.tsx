import { Tooltip } from '@mantine/core';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { NodeIcon } from '../canvas/node-icon.tsx';
import { nodeTypeMime } from '../canvas/node-type-mime.ts';
import styles from './palette.module.css';

interface PaletteItemProps {
  readonly descriptor: NodeDescriptor;
  readonly isEnabled: boolean;
  readonly onAdd: () => void;
}

/** One node type: dragged, clicked, or taken with Enter. */
export function PaletteItem({ descriptor, isEnabled, onAdd }: PaletteItemProps) {
  const { type, label, summary, icon, category } = descriptor;
  return (
    <Tooltip label={`${summary} (${type})`} position="right" multiline maw={280}>
      <button
        type="button"
        className={styles.item}
        disabled={!isEnabled}
        draggable={isEnabled}
        onDragStart={(event) => {
          event.dataTransfer.setData(nodeTypeMime, type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={onAdd}
      >
        <NodeIcon name={icon} category={category} />
        <span className={styles.label}>{label}</span>
      </button>
    </Tooltip>
  );
}
