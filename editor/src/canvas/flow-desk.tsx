import { ReactFlowProvider } from '@xyflow/react';
import { useEffect } from 'react';
import { useSearchParams } from 'wouter';
import { PanelBoundary } from '../app/panel-boundary.tsx';
import { InspectorPanel } from '../inspector/inspector-panel.tsx';
import { SidePanel } from '../palette/side-panel.tsx';
import { BottomPanel } from '../trace/bottom-panel.tsx';
import { RunBanner } from '../trace/run-banner.tsx';
import { CanvasControlProvider } from './canvas-control-context.tsx';
import { FlowBanner } from './flow-banner.tsx';
import { FlowCanvas } from './flow-canvas.tsx';
import { FlowStoreProvider } from './flow-context.tsx';
import styles from './flow-desk.module.css';
import { FlowHeader } from './flow-header.tsx';
import { FlowLayout } from './flow-layout.tsx';
import { FlowLayoutProvider } from './flow-layout-context.tsx';
import { FlowMessages } from './flow-messages.tsx';
import { useFlowSession } from './flow-session-context.tsx';
import { useShownFlow } from './use-shown-flow.ts';

/** Header, palette, canvas, inspector and trace around one open flow. */
export function FlowDesk() {
  const session = useFlowSession();
  const shown = useShownFlow(session);
  const { store } = shown;
  const [search] = useSearchParams();
  const nodeId = search.get('node');
  const field = search.get('field');

  // A link leads to a node, to a field of it, or to a field of the flow.
  useEffect(() => {
    if (nodeId === null && field !== null) {
      store.select([]);
      store.inspect({ nodeId: null, field });
    }
    if (nodeId === null || store.getState().document.nodes.every(({ id }) => id !== nodeId)) return;
    store.select([nodeId]);
    store.inspect(field === null ? { nodeId } : { nodeId, field });
  }, [store, nodeId, field]);

  const key = shown.kind === 'version' ? `version-${shown.version.number}` : shown.kind === 'side-draft' ? shown.sideDraft.id : 'draft';
  return (
    <FlowStoreProvider store={store} key={key}>
      <FlowLayoutProvider>
        <ReactFlowProvider>
          <CanvasControlProvider>
            <div className={styles.desk}>
              <FlowHeader shown={shown} />
              <FlowBanner shown={shown} />
              <RunBanner />
              <FlowMessages />
              <FlowLayout
                left={
                  <PanelBoundary name="palette">
                    <SidePanel />
                  </PanelBoundary>
                }
                centre={
                  <PanelBoundary name="canvas">
                    <FlowCanvas />
                  </PanelBoundary>
                }
                right={
                  <PanelBoundary name="inspector">
                    <InspectorPanel />
                  </PanelBoundary>
                }
                bottom={
                  <PanelBoundary name="panel of runs">
                    <BottomPanel />
                  </PanelBoundary>
                }
              />
            </div>
          </CanvasControlProvider>
        </ReactFlowProvider>
      </FlowLayoutProvider>
    </FlowStoreProvider>
  );
}
