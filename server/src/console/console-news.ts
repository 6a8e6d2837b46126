import type { ServerEvents } from '@wirebook/api';
import type { Clock } from '@wirebook/node-kit';
import type { Simulator } from '@wirebook/simulator';
import { createBatchTimer } from '../live/batch-timer.ts';
import type { LivePublisher } from '../live/live-publisher.ts';

export interface ConsoleNewsOptions {
  readonly simulator: Pick<Simulator, 'desk'>;
  readonly clock: Clock;
  readonly live: Pick<LivePublisher, 'toConsole'>;
}

/** At most ten times a second. */
const batchMs = 100;

/**
 * Tells those that watch the console what was changed in the simulated platform.
 *
 * @returns ends it.
 */
export function startConsoleNews({ simulator: { desk }, clock, live }: ConsoleNewsOptions): () => void {
  let incidentIds = new Set<number>();
  let isActionStatusChanged = false;
  const timer = createBatchTimer({ clock, waitMs: batchMs, work: tell });

  function tell(): void {
    const event: ServerEvents['console:changed'] = { incidentIds: [...incidentIds], isActionStatusChanged };
    incidentIds = new Set();
    isActionStatusChanged = false;
    live.toConsole('console:changed', event);
  }

  const forget = desk.onChange(({ incidentId, what }) => {
    if (what === 'action') isActionStatusChanged = true;
    if (what === 'object' && incidentId !== null) incidentIds.add(incidentId);
    if (what === 'reset') for (const { id } of desk.listIncidents()) incidentIds.add(id);
    if (what === 'reset') isActionStatusChanged = true;
    timer.request();
  });
  return () => {
    forget();
    timer.cancel();
  };
}
