import type { HeldMessage } from './held-message.ts';

/** Taken-over messages of one flow that are in hand. */
interface TakenOverLoad {
  count: number;
  sizeBytes: number;
}

/** The messages in hand, by ledger entry. */
export interface HeldMessages {
  get(entryId: number): HeldMessage | undefined;
  has(entryId: number): boolean;
  add(message: HeldMessage): void;
  /** From now on it counts as one of this flow that the ledger holds. */
  countTakenOver(message: HeldMessage, flowId: string): void;
  delete(entryId: number): void;
  values(): IterableIterator<HeldMessage>;
  takenOverLoad(flowId: string): Readonly<TakenOverLoad>;
  readonly size: number;
}

const noLoad: Readonly<TakenOverLoad> = { count: 0, sizeBytes: 0 };

export function createHeldMessages(): HeldMessages {
  const held = new Map<number, HeldMessage>();
  const loads = new Map<string, TakenOverLoad>();
  const counted = new Map<number, { readonly flowId: string; readonly sizeBytes: number }>();

  function forget(entryId: number): void {
    const one = counted.get(entryId);
    if (one === undefined) return;
    counted.delete(entryId);
    const load = loads.get(one.flowId);
    if (load === undefined) return;
    load.count -= 1;
    load.sizeBytes -= one.sizeBytes;
    if (load.count === 0) loads.delete(one.flowId);
  }

  return {
    get: (entryId) => held.get(entryId),
    has: (entryId) => held.has(entryId),
    add: (message) => held.set(message.entry.id, message),
    countTakenOver: (message, flowId) => {
      const { id } = message.entry;
      if (counted.has(id)) return;
      const sizeBytes = message.raw.body.byteLength;
      counted.set(id, { flowId, sizeBytes });
      const load = loads.get(flowId);
      if (load === undefined) loads.set(flowId, { count: 1, sizeBytes });
      else {
        load.count += 1;
        load.sizeBytes += sizeBytes;
      }
    },
    delete: (entryId) => {
      held.delete(entryId);
      forget(entryId);
    },
    values: () => held.values(),
    takenOverLoad: (flowId) => loads.get(flowId) ?? noLoad,
    get size() {
      return held.size;
    },
  };
}
