import { useDeferredValue, useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { formatClock } from '../app/time-text.tsx';
import { describeDeployed, describeSave } from './draft-words.ts';
import { useFlowState } from './flow-context.tsx';
import styles from './flow-header.module.css';

/** How the draft stands with the server and with what runs, in words. */
export function DraftState({ isDraft }: { readonly isDraft: boolean }) {
  const { session } = useServices();
  const save = useFlowState((state) => state.save);
  const mode = useFlowState((state) => state.mode);
  // Comparing two large flows waits until nothing more urgent is to be drawn.
  const document = useDeferredValue(useFlowState((state) => state.document));
  const deployed = useFlowState((state) => state.deployed);
  const isChanged = useFlowState((state) => state.isChanged);
  const words = useMemo(() => describeDeployed({ document, deployed, isChanged }), [document, deployed, isChanged]);
  const saved = mode === 'writing' ? describeSave(save, (atMs) => formatClock(atMs, session.product.timeZone)) : 'read only';
  return (
    <div className={styles.state} role="status" aria-label="State of the draft">
      <span className={save.kind === 'offline' ? styles.bad : undefined}>{saved}</span>
      {isDraft ? <span className={deployed !== null && isChanged ? styles.changed : undefined}>{words}</span> : null}
    </div>
  );
}
