import type { WirebookError } from '@wirebook/errors';
import type { BrokerErrorText } from './broker-refusal.ts';

/** How the wait for a receipt ended. */
export type ReceiptOutcome =
  | { readonly kind: 'received' }
  | { readonly kind: 'refused'; readonly frame: BrokerErrorText }
  | { readonly kind: 'lost'; readonly error: WirebookError };

export interface ReceiptDesk {
  /** The wait for a receipt; it never rejects. */
  expect(receiptId: string): Promise<ReceiptOutcome>;
  /** False when nobody waits for it. */
  settle(receiptId: string, outcome: ReceiptOutcome): boolean;
  /** Ends every wait: the connection is gone. */
  loseAll(error: WirebookError): void;
}

/** stompjs never tells those who wait for a receipt that the connection has gone; this does. */
export function createReceiptDesk(): ReceiptDesk {
  const waiting = new Map<string, (outcome: ReceiptOutcome) => void>();
  let lost: WirebookError | undefined;
  return {
    expect: (receiptId) =>
      new Promise((resolve) => {
        if (lost === undefined) waiting.set(receiptId, resolve);
        else resolve({ kind: 'lost', error: lost });
      }),
    settle: (receiptId, outcome) => {
      const resolve = waiting.get(receiptId);
      waiting.delete(receiptId);
      resolve?.(outcome);
      return resolve !== undefined;
    },
    loseAll: (error) => {
      lost = error;
      const all = [...waiting.values()];
      waiting.clear();
      for (const resolve of all) resolve({ kind: 'lost', error });
    },
  };
}
