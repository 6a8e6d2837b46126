import { type Invocation, type InvocationStatus, invocationStatus } from './invocation.ts';

/** Counts over invocations. */
export interface InvocationTally {
  total: number;
  readonly byStatus: Record<InvocationStatus, number>;
  /** How many calls got no, one, or several completing replies. */
  readonly callsByCompletingReplies: { none: number; one: number; several: number };
}

export function emptyTally(): InvocationTally {
  return {
    total: 0,
    byStatus: { Pending: 0, Complete: 0, Error: 0, 'Timed Out': 0 },
    callsByCompletingReplies: { none: 0, one: 0, several: 0 },
  };
}

export function addToTally(tally: InvocationTally, invocation: Invocation): void {
  tally.total += 1;
  tally.byStatus[invocationStatus(invocation)] += 1;
  for (const { completingReplies } of invocation.calls) {
    tally.callsByCompletingReplies[completingReplies === 0 ? 'none' : completingReplies === 1 ? 'one' : 'several'] += 1;
  }
}
