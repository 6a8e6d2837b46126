import { InspectorPanel } from '../inspector/inspector-panel.tsx';
import { BottomPanel } from '../trace/bottom-panel.tsx';
import { FlowStoreProvider } from './flow-context.tsx';
import styles from './flow-desk.module.css';
import { FlowLayout } from './flow-layout.tsx';
import { useFlowSession } from './flow-session-context.tsx';

/** Header, palette, canvas, inspector and trace around one open flow. */
export function FlowDesk() {
  const { store } = useFlowSession();
  return (
    <FlowStoreProvider store={store}>
      <div className={styles.desk}>
        <FlowLayout left={null} centre={null} right={<InspectorPanel />} bottom={<BottomPanel />} />
      </div>
    </FlowStoreProvider>
  );
}
