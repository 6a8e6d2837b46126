import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import { createExpressionScope, type ExpressionScope } from './expression-scope.ts';
import { useNodeForm } from './node-form-context.tsx';
import { usePlatform } from './use-platform.ts';
import { useRecordedMessage } from './use-recorded-message.ts';

/** What the expressions of the form can reach. */
export function useExpressionScope(): ExpressionScope {
  const { flowId, nodeId } = useNodeForm();
  const { nodeTypes } = useServices();
  const document = useFlowState((state) => state.document);
  const { platform } = usePlatform();
  const { data: recorded = null } = useRecordedMessage(flowId, nodeId);
  return useMemo(
    () => createExpressionScope({ document, nodeId, nodeTypes, platform, recorded }),
    [document, nodeId, nodeTypes, platform, recorded],
  );
}
