import { ReactFlowProvider } from '@xyflow/react';
import { InspectorPanel } from '../inspector/inspector-panel.tsx';
import { SidePanel } from '../palette/side-panel.tsx';
import { BottomPanel } from '../trace/bottom-panel.tsx';
import { CanvasControlProvider } from './canvas-control-context.tsx';
import { FlowCanvas } from './flow-canvas.tsx';
import { FlowStoreProvider } from './flow-context.tsx';
import styles from './flow-desk.module.css';
import { FlowLayout } from './flow-layout.tsx';
import { FlowLayoutProvider } from './flow-layout-context.tsx';
import { useFlowSession } from './flow-session-context.tsx';

/** Header, palette, canvas, inspector and trace around one open flow. */
export function FlowDesk() {
  const { store } = useFlowSession();
  return (
    <FlowStoreProvider store={store}>
      <FlowLayoutProvider>
        <ReactFlowProvider>
          <CanvasControlProvider>
            <div className={styles.desk}>
              <FlowLayout left={<SidePanel />} centre={<FlowCanvas />} right={<InspectorPanel />} bottom={<BottomPanel />} />
            </div>
          </CanvasControlProvider>
        </ReactFlowProvider>
      </FlowLayoutProvider>
    </FlowStoreProvider>
  );
}
