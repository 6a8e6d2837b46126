import type { FlowDocument } from '@wirebook/flow';
import { useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { useCommandContext } from './canvas-control-context.tsx';
import { useFlowSession } from './flow-session-context.tsx';

/** Puts a document in place of the draft; takes over first where somebody else writes. */
export function useMakeDraft() {
  const session = useFlowSession();
  const { canvas } = useCommandContext();
  const [isBusy, setBusy] = useState(false);
  const makeDraft = async (document: FlowDocument, label: string): Promise<boolean> => {
    setBusy(true);
    try {
      if (session.store.getState().mode !== 'writing') await session.takeOver();
      if (session.store.getState().mode !== 'writing') return false;
      session.store.change({ kind: 'flow-replaced', document }, { label });
      return true;
    } catch (thrown) {
      canvas.tell(describeFailure(thrown), 'bad');
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, makeDraft };
}
