import type { KeyWindow, WaitOutcome, WaitRequest, WaitService } from '@wirebook/node-kit';

/** Waits that are over at once. */
export interface FakeWaits extends WaitService {
  readonly requests: readonly WaitRequest[];
  readonly claims: readonly KeyWindow[];
  /** How the waits end from now on; due at first. */
  outcome: WaitOutcome;
}

/** Keys are claimed for ever. */
export function createFakeWaits(): FakeWaits {
  const requests: WaitRequest[] = [];
  const claims: KeyWindow[] = [];
  const waits: FakeWaits = {
    requests,
    claims,
    outcome: 'due',
    wait: async (request) => {
      requests.push(request);
      return waits.outcome;
    },
    claim: (window) => {
      const isFirst = !claims.some(({ key }) => key === window.key);
      claims.push(window);
      return isFirst;
    },
  };
  return waits;
}
