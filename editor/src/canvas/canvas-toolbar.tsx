import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus, IconSearch } from '@tabler/icons-react';
import { MiniMap, Panel, useStore } from '@xyflow/react';
import { useCommandContext } from './canvas-control-context.tsx';
import styles from './canvas-toolbar.module.css';
import { runCommand } from './commands.ts';
import type { CanvasNode } from './derive-nodes.ts';
import { useFlowState } from './flow-context.tsx';

const buttons = [
  { id: 'zoom-out', label: 'Zoom out (-)', Icon: IconMinus },
  { id: 'zoom-in', label: 'Zoom in (+)', Icon: IconPlus },
  { id: 'zoom-fit', label: 'Show the whole flow (1)', Icon: IconFocusCentered },
  { id: 'search', label: 'Search in this flow (Ctrl+F)', Icon: IconSearch },
] as const;

const colorOf = ({ data }: CanvasNode) => `var(--wb-cat-${data.category})`;

/** Zoom and search, and the map of the whole flow. */
export function CanvasToolbar() {
  const context = useCommandContext();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  const isEmpty = useFlowState(({ document }) => document.nodes.length === 0);
  return (
    <>
      <Panel position="bottom-left" className={styles.bar ?? ''}>
        {buttons.map(({ id, label, Icon }) => (
          <Tooltip key={id} label={label}>
            <ActionIcon aria-label={label} size={28} onClick={() => runCommand(id, context)}>
              <Icon size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        ))}
        <Tooltip label="Zoom to 100 % (0)">
          <button type="button" className={styles.percent} onClick={() => runCommand('zoom-full', context)}>
            {percent} %
          </button>
        </Tooltip>
      </Panel>
      {isEmpty ? null : (
        <MiniMap<CanvasNode>
          position="bottom-right"
          className={styles.map ?? ''}
          nodeColor={colorOf}
          nodeStrokeWidth={0}
          nodeBorderRadius={8}
          maskColor="var(--wb-mask)"
          bgColor="var(--wb-panel)"
          pannable
          zoomable
          ariaLabel="Map of the whole flow"
          style={{ width: 144, height: 96 }}
        />
      )}
    </>
  );
}
