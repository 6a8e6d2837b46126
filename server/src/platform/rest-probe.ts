import type { ConnectionTestStep, LinkState } from '@wirebook/api';
import type { Clock } from '@wirebook/node-kit';

/** What is found of the REST side between the calls of runs: an idle engine does not meet a certificate that has ended. */
export interface RestProbe {
  /** The state of the engine, unless what was found since says otherwise. */
  correct(rest: LinkState): LinkState;
  /** Takes what was found by a test. */
  take(steps: readonly ConnectionTestStep[]): void;
  /** Looks at once. */
  look(): void;
  close(): void;
}

export interface RestProbeOptions {
  readonly clock: Clock;
  /** Goes as far as the certificate; logs in nowhere. */
  readonly tryRest: () => Promise<readonly ConnectionTestStep[]>;
  /** What the engine knows; only a side that it calls usable is looked at. */
  readonly rest: () => LinkState;
  readonly onChange: () => void;
}

interface Fault extends LinkState {
  /** Found by looking, so looking may take it back; a refused login is left to the next test. */
  readonly isLooked: boolean;
}

const calmMs = 60_000;
const faultMs = 10_000;

/** Begins to look at the REST side every minute, and every ten seconds while it is not usable. */
export function createRestProbe({ clock, tryRest, rest, onChange }: RestProbeOptions): RestProbe {
  let fault: Fault | null = null;
  let isLooking = false;
  let isClosed = false;
  let timer = clock.startTimer(calmMs, look);

  function isOutdated(found: Fault): boolean {
    return rest().status !== 'up' || rest().sinceMs > found.sinceMs;
  }

  function set(next: Fault | null): void {
    const known = fault === null || isOutdated(fault) ? null : fault;
    if (next !== null && known !== null && next.reason === known.reason) {
      fault = { ...known, isLooked: next.isLooked };
      return;
    }
    fault = next;
    if (next !== known) onChange();
  }

  function take(steps: readonly ConnectionTestStep[], isLooked: boolean): void {
    const bad = steps.find(({ outcome }) => outcome === 'bad');
    set(bad === undefined ? null : { ...describe(bad), status: 'down', sinceMs: clock.now(), isLooked });
  }

  async function lookOnce(): Promise<void> {
    if (rest().status !== 'up') return;
    const steps = await tryRest();
    const isGood = steps.every(({ outcome }) => outcome !== 'bad');
    // Nothing was tried of what a test met behind the certificate.
    const isBeyond = fault !== null && !fault.isLooked && !isOutdated(fault);
    if (!isClosed && !(isGood && isBeyond)) take(steps, true);
  }

  function look(): void {
    if (isLooking || isClosed) return;
    isLooking = true;
    timer.cancel();
    void lookOnce().finally(() => {
      isLooking = false;
      if (!isClosed) timer = clock.startTimer(fault === null ? calmMs : faultMs, look);
    });
  }

  return {
    correct: (link) => {
      if (fault === null || isOutdated(fault)) return link;
      const { status, reason, code, sinceMs } = fault;
      return { status, reason, code, sinceMs };
    },
    take: (steps) => {
      // The broker has a state of its own that is told as it changes.
      const ofRest = steps.filter(({ side }) => side === 'rest');
      if (ofRest.length === 0) return;
      take(ofRest, false);
      look();
    },
    look,
    close: () => {
      isClosed = true;
      timer.cancel();
    },
  };
}

function describe({ detail }: ConnectionTestStep): { readonly reason: string; readonly code: string | null } {
  const code = /\s*\[([A-Z_]+)\]$/.exec(detail);
  return code === null ? { reason: detail, code: null } : { reason: detail.slice(0, code.index), code: code[1] ?? null };
}
