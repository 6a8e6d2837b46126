import { useEffect } from 'react';
import { useCanvasTools } from './canvas-control-context.tsx';
import { useFlowState } from './flow-context.tsx';

/** Whatever leads to a node, a problem or a line of the trace, brings it into view. */
export function useRevealInspected(): void {
  const { context } = useCanvasTools();
  const inspectedId = useFlowState(({ inspected }) => inspected?.nodeId ?? null);
  useEffect(() => {
    if (inspectedId !== null) context.canvas.reveal([inspectedId]);
  }, [context, inspectedId]);
}
