import type { WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import type { BrokerErrorText } from './broker-refusal.ts';

/** How the wait for a receipt ended. */
export type ReceiptOutcome =
  | { readonly kind: 'received' }
  | { readonly kind: 'refused'; readonly frame: BrokerErrorText }
  | { readonly kind: 'lost'; readonly error: WirebookError };

/** A frame that asks for a receipt. */
export interface ReceiptRequest {
  readonly receiptId: string;
  /** For people, e.g. `a COMMIT`. */
  readonly frame: string;
}

export interface ReceiptDesk {
  /** The wait for a receipt; it never rejects. */
  expect(request: ReceiptRequest): Promise<ReceiptOutcome>;
  /** False when nobody waits for it. */
  settle(receiptId: string, outcome: ReceiptOutcome): boolean;
  /** Ends every wait: the connection is gone. */
  loseAll(error: WirebookError): void;
}

export interface ReceiptDeskOptions {
  readonly clock: Clock;
  /** Milliseconds that a receipt may take. */
  readonly timeoutMs: number;
  /** The receipt that has been missing for that long; the waits go on until `loseAll`. */
  readonly onOverdue: (request: ReceiptRequest) => void;
}

interface WaitForReceipt {
  readonly request: ReceiptRequest;
  readonly sinceMs: number;
  readonly resolve: (outcome: ReceiptOutcome) => void;
}

/** stompjs never tells those who wait for a receipt that the connection has gone, nor ends a wait by itself; this does. */
export function createReceiptDesk({ clock, timeoutMs, onOverdue }: ReceiptDeskOptions): ReceiptDesk {
  // In the order in which they began, so that the first is the oldest and one timer is enough.
  const waiting = new Map<string, WaitForReceipt>();
  let timer: Timer | undefined;
  let lost: WirebookError | undefined;

  function watchOldest(): void {
    timer = undefined;
    const [oldest] = waiting.values();
    if (oldest === undefined) return;
    const remainingMs = oldest.sinceMs + timeoutMs - clock.monotonicMs();
    if (remainingMs <= 0) onOverdue(oldest.request);
    else timer = clock.startTimer(remainingMs, watchOldest);
  }

  function stopWatching(): void {
    timer?.cancel();
    timer = undefined;
  }

  return {
    expect: (request) =>
      new Promise((resolve) => {
        if (lost !== undefined) {
          resolve({ kind: 'lost', error: lost });
          return;
        }
        waiting.set(request.receiptId, { request, sinceMs: clock.monotonicMs(), resolve });
        if (timer === undefined) timer = clock.startTimer(timeoutMs, watchOldest);
      }),
    settle: (receiptId, outcome) => {
      const wait = waiting.get(receiptId);
      waiting.delete(receiptId);
      if (waiting.size === 0) stopWatching();
      wait?.resolve(outcome);
      return wait !== undefined;
    },
    loseAll: (error) => {
      lost = error;
      stopWatching();
      const all = [...waiting.values()];
      waiting.clear();
      for (const { resolve } of all) resolve({ kind: 'lost', error });
    },
  };
}
