import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../app/services.tsx';
import { useThrottled } from '../trace/use-throttled.ts';

const refreshEveryMs = 300;

/** Keeps what the console shows true while the simulated platform changes. */
export function useConsoleAnswers(): void {
  const { live } = useServices();
  const queries = useQueryClient();
  const refreshIncidents = useThrottled(() => {
    void queries.invalidateQueries({ queryKey: ['listConsoleIncidents'] });
    void queries.invalidateQueries({ queryKey: ['getConsoleIncident'] });
  }, refreshEveryMs);
  const refreshStatus = useThrottled(() => void queries.invalidateQueries({ queryKey: ['getActionStatus'] }), refreshEveryMs);
  useEffect(() => {
    const forget = live.on('console:changed', ({ incidentIds, isActionStatusChanged }) => {
      if (incidentIds.length > 0) refreshIncidents();
      if (isActionStatusChanged) refreshStatus();
    });
    const unwatch = live.watch('console', () => ({}));
    return () => {
      unwatch();
      forget();
    };
  }, [live, refreshIncidents, refreshStatus]);
}
