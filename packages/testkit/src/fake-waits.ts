import type { JsonValue } from '@wirebook/errors';
import type { GatherRequest, KeyWindow, TurnRequest, WaitOutcome, WaitRequest, WaitService } from '@wirebook/node-kit';

/** Waits that are over at once. */
export interface FakeWaits extends WaitService {
  readonly requests: readonly WaitRequest[];
  readonly claims: readonly KeyWindow[];
  readonly gatherings: readonly GatherRequest[];
  readonly turns: readonly TurnRequest[];
  /** What those that gather carry on from now on; the value alone at first, null: another one carries it. */
  carried: readonly JsonValue[] | null | undefined;
  /** How the waits end from now on; due at first. */
  outcome: WaitOutcome;
}

/** Keys are claimed for ever. */
export function createFakeWaits(): FakeWaits {
  const requests: WaitRequest[] = [];
  const claims: KeyWindow[] = [];
  const gatherings: GatherRequest[] = [];
  const turns: TurnRequest[] = [];
  const waits: FakeWaits = {
    requests,
    claims,
    gatherings,
    turns,
    carried: undefined,
    outcome: 'due',
    wait: async (request) => {
      requests.push(request);
      return waits.outcome;
    },
    gather: async (request) => {
      gatherings.push(request);
      return waits.carried === undefined ? [request.value] : waits.carried;
    },
    takeTurn: async (request) => {
      turns.push(request);
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
