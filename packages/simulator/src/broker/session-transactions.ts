import type { MessageDraft } from './queued-message.ts';
import type { OpenDelivery } from './session-subscriptions.ts';

/** What a transaction holds until it ends. */
interface Transaction {
  readonly drafts: MessageDraft[];
  readonly claimed: OpenDelivery[];
  /** Something in it was refused: it can no longer be committed. */
  isRollbackOnly: boolean;
}

export interface SessionTransactions {
  /** @returns undefined when one of this name is open already. */
  begin(name: string): Transaction | undefined;
  get(name: string): Transaction | undefined;
  /** Takes it out. */
  end(name: string): Transaction | undefined;
  /** Keeps deliveries of a commit that failed: they are open no longer, and come back when the connection ends. */
  strand(claimed: readonly OpenDelivery[]): void;
  /** All deliveries that transactions hold, stranded ones included; nothing is left behind. */
  drain(): readonly OpenDelivery[];
}

export function createSessionTransactions(): SessionTransactions {
  const open = new Map<string, Transaction>();
  let stranded: OpenDelivery[] = [];
  return {
    begin(name) {
      if (open.has(name)) return undefined;
      const transaction: Transaction = { drafts: [], claimed: [], isRollbackOnly: false };
      open.set(name, transaction);
      return transaction;
    },
    get: (name) => open.get(name),
    end(name) {
      const transaction = open.get(name);
      open.delete(name);
      return transaction;
    },
    strand(claimed) {
      stranded.push(...claimed);
    },
    drain() {
      const held = [...stranded, ...[...open.values()].flatMap(({ claimed }) => claimed)];
      open.clear();
      stranded = [];
      return held;
    },
  };
}
