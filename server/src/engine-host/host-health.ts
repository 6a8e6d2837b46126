import { type EngineView, findUnready, type HealthView, type LinkState } from '@wirebook/api';
import { createSystemClock } from '@wirebook/engine';
import type { EngineNumbers } from './engine-channel.ts';
import type { EngineHost } from './engine-host.ts';
import { unknownLinks } from './platform-links.ts';

/** The health of an engine that runs in this process, from its first moment on. */
export interface HostHealth {
  view(): HealthView;
  setLink(side: 'rest' | 'broker', link: Omit<LinkState, 'sinceMs'>): void;
  /** What is to be run runs. */
  setRunning(): void;
  setStopping(): void;
}

export function createHostHealth(findHost: () => Pick<EngineHost, 'getHealth' | 'isOpen'> | null, clock = createSystemClock()): HostHealth {
  const links: Record<'rest' | 'broker', LinkState> = { ...unknownLinks(clock.now()) };
  let state: EngineView['state'] = 'starting';
  let sinceMs = clock.now();

  function setState(next: EngineView['state']): void {
    state = next;
    sinceMs = clock.now();
  }

  return {
    view: () => {
      const host = findHost();
      const known = host?.isOpen === true ? host.getHealth() : nothingKnown;
      const health = { ...known, atMs: clock.now(), engine: { state, reason: null, sinceMs, restarts: 0 }, ...links };
      return { ...health, notReady: findUnready(health) };
    },
    setLink: (side, link) => {
      links[side] = { ...link, sinceMs: clock.now() };
    },
    setRunning: () => setState('running'),
    setStopping: () => setState('stopped'),
  };
}

/** Before the engine process told any. */
export const noNumbers: EngineNumbers = {
  runsActive: 0,
  runsWaiting: 0,
  messagesInHand: 0,
  destinations: [],
  draining: [],
  openEntries: 0,
  poison: 0,
  droppedParts: 0,
};

/** While no engine tells anything. */
export const nothingKnown: ReturnType<EngineHost['getHealth']> = {
  atMs: 0,
  destinations: [],
  runsActive: 0,
  runsWaiting: 0,
  messagesInHand: 0,
  openEntries: 0,
  oldestOpenAtMs: null,
  takenOver: 0,
  waiting: { timed: 0, inLanes: 0, beyondLimit: 0 },
  inDoubt: 0,
  poison: 0,
  drops: { trace: 0, live: 0, poison: 0, spans: 0 },
  outbound: {
    circuits: [],
    rateWaiting: 0,
    connectionWaiting: 0,
    refusedByCircuit: 0,
    refusedByQueue: 0,
    platformWaiting: 0,
    scriptsQueued: 0,
    scriptsHeld: 0,
    stepsWaiting: 0,
  },
};
