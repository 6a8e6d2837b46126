import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { HelpLink } from '../app/help-link.tsx';
import { useCanvasTools } from './canvas-control-context.tsx';
import styles from './empty-canvas.module.css';
import { useFlowState } from './flow-context.tsx';

/** What to do with a flow that has no nodes. */
export function EmptyCanvas() {
  const { context, dialogs, surface } = useCanvasTools();
  const isWriting = useFlowState(({ mode }) => mode === 'writing');
  return (
    <div className={styles.empty}>
      <p className={styles.text}>A flow begins with a source: the function or the action that starts it.</p>
      <Button
        leftSection={<IconPlus size={16} stroke={1.75} />}
        disabled={!isWriting}
        onClick={() => {
          const box = surface.current?.getBoundingClientRect();
          const screen = { x: (box?.left ?? 0) + 120, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 - 60 };
          dialogs.open({ kind: 'quick-add', at: [0, 0], screen, from: null, only: 'sources' });
          context.canvas.zoom('full');
        }}
      >
        Add a source
      </Button>
      <HelpLink topic="flows" />
    </div>
  );
}
