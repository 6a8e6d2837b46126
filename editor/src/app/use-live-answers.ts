import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from './services.tsx';

/** Keeps what was asked of the server true while the socket tells of changes. */
export function useLiveAnswers(): void {
  const { live } = useServices();
  const queries = useQueryClient();
  useEffect(() => {
    const forget = [
      live.on('engine:changed', (view) => queries.setQueryData(['getEngine'], view)),
      live.on('connections:changed', (view) => queries.setQueryData(['listConnections'], view)),
      live.on('deployments:changed', (view) => {
        queries.setQueryData(['listDeployments'], view);
        void queries.invalidateQueries({ queryKey: ['listFlows'] });
      }),
      live.on('flows:changed', () => void queries.invalidateQueries({ queryKey: ['listFlows'] })),
      // What was told while the socket was away is asked for again.
      live.onState((state) => {
        if (state === 'connected') void queries.invalidateQueries();
      }),
    ];
    return () => {
      for (const stop of forget) stop();
    };
  }, [live, queries]);
}
