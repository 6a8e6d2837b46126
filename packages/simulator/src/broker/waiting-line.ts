/** Anything that keeps its place in an order of arrival. */
interface Placed {
  readonly sequence: number;
}

/** Messages that wait, oldest first; taking one and adding one cost the same however many wait. */
export interface WaitingLine<Item extends Placed> {
  readonly length: number;
  add(item: Item): void;
  /** Puts items back where their sequence belongs. */
  putBack(items: readonly Item[]): void;
  peek(): Item | undefined;
  take(): Item | undefined;
  /** Keeps what passes. */
  retain(passes: (item: Item) => boolean): void;
}

const COMPACT_AFTER = 32;

export function createWaitingLine<Item extends Placed>(): WaitingLine<Item> {
  let arrived: Item[] = [];
  let arrivedFrom = 0;
  // Newest first, so that taking the oldest is a pop.
  let returned: Item[] = [];

  function isReturnedNext(): boolean {
    const back = returned.at(-1);
    const front = arrived[arrivedFrom];
    return back !== undefined && (front === undefined || back.sequence < front.sequence);
  }

  return {
    get length() {
      return arrived.length - arrivedFrom + returned.length;
    },
    add(item) {
      arrived.push(item);
    },
    putBack(items) {
      if (items.length > 0) returned = [...returned, ...items].sort((a, b) => b.sequence - a.sequence);
    },
    peek() {
      return isReturnedNext() ? returned.at(-1) : arrived[arrivedFrom];
    },
    take() {
      if (isReturnedNext()) return returned.pop();
      const item = arrived[arrivedFrom];
      if (item === undefined) return undefined;
      arrivedFrom += 1;
      if (arrivedFrom >= COMPACT_AFTER && arrivedFrom * 2 > arrived.length) {
        arrived = arrived.slice(arrivedFrom);
        arrivedFrom = 0;
      }
      return item;
    },
    retain(passes) {
      arrived = arrived.slice(arrivedFrom).filter(passes);
      arrivedFrom = 0;
      returned = returned.filter(passes);
    },
  };
}
