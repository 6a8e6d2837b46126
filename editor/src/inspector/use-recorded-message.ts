import { useQuery } from '@tanstack/react-query';
import { useServices } from '../app/services.tsx';

/** What a node was given and gave when it last ran; null when nothing was recorded. */
export function useRecordedMessage(flowId: string, nodeId: string) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['getRecordedMessage', flowId, nodeId],
    queryFn: async ({ signal }) => (await api.call('getRecordedMessage', { params: { flowId, nodeId }, signal })).recorded,
  });
}
