import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useServices } from '../app/services.tsx';
import { useFlowStore } from '../canvas/flow-context.tsx';

const waitMs = 400;

/** What a value gives on the last recorded message of its node; asked for when nothing was typed for a moment. */
export function useValuePreview(nodeId: string, value: unknown, isWanted: boolean) {
  const { api } = useServices();
  const store = useFlowStore();
  const [settled] = useDebouncedValue(JSON.stringify(value), waitMs);
  return useQuery({
    queryKey: ['previewValue', store.getState().flowId, nodeId, settled],
    queryFn: ({ signal }) => {
      const body = { document: { ...store.getState().document }, nodeId, value: JSON.parse(settled) as unknown };
      return api.call('previewValue', { body, signal });
    },
    enabled: isWanted,
    placeholderData: keepPreviousData,
    // A later run, or another step before this one, may give something else.
    staleTime: 0,
    retry: 0,
  });
}
