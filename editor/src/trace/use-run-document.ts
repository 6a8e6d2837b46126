import { useQuery } from '@tanstack/react-query';
import type { RunRow } from '@wirebook/api';
import type { FlowDocument, FlowNode } from '@wirebook/flow';
import { useMemo } from 'react';
import { useServices } from '../app/services.tsx';

/** The flow as it was when the run began; the draft where that version is not known. Null while it is asked for, or when the flow is gone. */
function useRunDocument({ head, version }: RunRow): FlowDocument | null {
  const { api } = useServices();
  const { flowId } = head;
  const known = useQuery({
    queryKey: ['getVersion', flowId, version],
    queryFn: () => api.call('getVersion', { params: { flowId, number: String(version) } }),
    enabled: version !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const draft = useQuery({
    queryKey: ['getDraft', flowId, 'names'],
    queryFn: () => api.call('getDraft', { params: { flowId } }),
    enabled: version === null || known.isError,
    retry: false,
  });
  return known.data?.document ?? draft.data?.document ?? null;
}

/** Nodes of the run by their id. */
export function useRunNodes(row: RunRow): ReadonlyMap<string, FlowNode> {
  const document = useRunDocument(row);
  return useMemo(() => new Map(document?.nodes.map((node) => [node.id, node])), [document]);
}
