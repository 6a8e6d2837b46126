import { flowVersionHash } from '@wirebook/flow';
import { useEffect, useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { findLitPath } from './light-path.ts';
import { useRunDetail } from './use-run-detail.ts';

/** Lights the run on the canvas for as long as it is shown and is one of this flow. */
export function useLightRun(runId: string): void {
  const { runOverlay } = useServices();
  const { data } = useRunDetail(runId);
  const document = useFlowState((state) => state.document);
  const hash = useMemo(() => flowVersionHash(document), [document]);
  useEffect(() => {
    if (data === undefined || data.row.head.flowId !== document.id) {
      runOverlay.clear();
      return;
    }
    const { head, version } = data.row;
    const isOtherVersion = head.flowVersion !== hash;
    runOverlay.show({ flowId: head.flowId, runId: head.runId, version, isOtherVersion, ...findLitPath(data.view, document) });
  }, [runOverlay, data, document, hash]);
  useEffect(() => () => runOverlay.clear(), [runOverlay]);
}
