import { useQuery } from '@tanstack/react-query';
import { useServices } from './services.tsx';

const refreshMs = 3000;

/** The engine as it is; news of it come over the socket, and it is asked now and then while somebody looks. */
export function useEngine({ isWatched = false }: { readonly isWatched?: boolean } = {}) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['getEngine'],
    queryFn: () => api.call('getEngine', {}),
    ...(isWatched ? { refetchInterval: refreshMs } : {}),
  });
}
