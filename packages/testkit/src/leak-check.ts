import type { FakeClock } from './fake-clock.ts';
import { letPromisesSettle } from './let-promises-settle.ts';

/** Handles of Node that something opened and has to close. */
const watchedKinds = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'PipeWrap',
  'UDPWrap',
  'FSEventWrap',
  'ProcessWrap',
  'MessagePort',
]);

const turnsToClose = 50;

export interface LeakCheck {
  /** Rejects with a list when a socket, server, watcher, worker or child process is open that was not open at the start. */
  assertNothingLeft(): Promise<void>;
}

/** Remembers what is open now, so that a test can say afterwards that it left nothing more. */
export function startLeakCheck(): LeakCheck {
  const before = countOpen();
  return {
    async assertNothingLeft() {
      for (let turn = 0; turn < turnsToClose && listLeft(before).length > 0; turn += 1) await letPromisesSettle();
      const left = listLeft(before);
      if (left.length > 0) throw new Error(`left open: ${left.join(', ')}`);
    },
  };
}

/** Throws when a timer or a sleep of the clock still waits. */
export function assertNoTimerLeft(clock: FakeClock): void {
  if (clock.pendingCount > 0) throw new Error(`${clock.pendingCount} timer(s) of the clock still wait`);
}

function countOpen(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (watchedKinds.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function listLeft(before: ReadonlyMap<string, number>): readonly string[] {
  return [...countOpen()]
    .filter(([kind, count]) => count > (before.get(kind) ?? 0))
    .map(([kind, count]) => `${count - (before.get(kind) ?? 0)} ${kind}`);
}
