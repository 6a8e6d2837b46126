import { useFlowState } from '../canvas/flow-context.tsx';
import { FlowInspector } from './flow-inspector.tsx';
import styles from './inspector-panel.module.css';
import { NodeInspector } from './node-inspector.tsx';
import { SeveralNodes } from './several-nodes.tsx';

/** What is chosen in the flow: a node with its form, several, or else the flow itself. */
export function InspectorPanel() {
  const selected = useFlowState((state) => state.selectedNodeIds);
  const inspectedId = useFlowState((state) => state.inspected?.nodeId ?? null);
  const [onlyId] = selected.size === 1 ? selected : [inspectedId];
  return (
    <section aria-label="Inspector" className={styles.panel}>
      {selected.size > 1 ? (
        <SeveralNodes />
      ) : onlyId === null || onlyId === undefined ? (
        <FlowInspector />
      ) : (
        <NodeInspector key={onlyId} nodeId={onlyId} />
      )}
    </section>
  );
}
