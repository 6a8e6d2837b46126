import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PlatformView } from '@wirebook/api';
import { useServices } from '../app/services.tsx';

const staleAfterMs = 5 * 60_000;

export interface PlatformAnswer {
  readonly platform: PlatformView | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly isRefreshing: boolean;
  /** Has the server ask the platform again. */
  refresh(): void;
}

/** Definitions of the connected organisation, for pickers. */
export function usePlatform(): PlatformAnswer {
  const { api } = useServices();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['getPlatform'],
    queryFn: ({ signal }) => api.call('getPlatform', { signal }),
    staleTime: staleAfterMs,
  });
  const refresh = useMutation({
    mutationFn: () => api.call('refreshPlatform', {}),
    onSuccess: (platform) => queries.setQueryData(['getPlatform'], platform),
  });
  return {
    platform: query.data,
    error: refresh.error ?? query.error,
    isLoading: query.isPending,
    isRefreshing: refresh.isPending,
    refresh: () => refresh.mutate(),
  };
}
