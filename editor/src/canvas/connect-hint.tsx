import { Panel, useConnection } from '@xyflow/react';
import styles from './connect-hint.module.css';
import { useFlowStore } from './flow-context.tsx';
import { wireWords } from './wire-words.ts';

/** While a wire is drawn over a port that does not take it: why. */
export function ConnectHint() {
  const store = useFlowStore();
  const reason = useConnection(({ inProgress, isValid, fromHandle, toHandle }) => {
    if (!inProgress || isValid !== false || fromHandle === null || toHandle === null) return null;
    const side = fromHandle.type === 'source' ? 'output' : 'input';
    return wireWords(
      store.getState(),
      { nodeId: fromHandle.nodeId, port: fromHandle.id ?? '', side },
      { nodeId: toHandle.nodeId, port: toHandle.id ?? '', type: toHandle.type },
    );
  });
  return (
    <Panel position="bottom-center">
      <div role="status">{reason === null ? null : <div className={styles.hint}>{reason}</div>}</div>
    </Panel>
  );
}
