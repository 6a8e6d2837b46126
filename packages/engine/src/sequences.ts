import type { Clock, Timer } from '@wirebook/node-kit';
import type { Ledger } from './ports/ledger.ts';

/** A message that goes on when those with lower numbers have. */
export interface Numbered {
  /** Flow and node: keys are compared within it. */
  readonly scope: string;
  readonly key: string;
  /** The same in every attempt of its step. */
  readonly id: string;
  readonly number: number;
  /** With which a sequence begins; null: with the lowest that came when the first one has waited. */
  readonly first: number | null;
  /** So long it waits for a lower one. */
  readonly waitMs: number;
  /** So long after its last number a sequence is remembered. */
  readonly keptMs: number;
  /** What an earlier process had found; null for one that just came. */
  readonly dueAtMs: number | null;
  readonly onDue: () => void;
  /** One with this or a higher number has gone on before. */
  readonly onLate: () => void;
}

/** Messages in the order of their numbers, by the keys of their nodes over all runs and restarts. */
export interface Sequences {
  /** Gives the time at which it goes on at the latest, in milliseconds since the epoch. It may call back before it returns. */
  enter(numbered: Numbered): number;
  /** It does not wait any longer, and is not called back. */
  leave(numbered: Numbered): void;
  readonly size: number;
}

export interface SequencesOptions {
  readonly clock: Clock;
  /** Remembers how far each sequence has come. */
  readonly ledger: Pick<Ledger, 'findClaimant' | 'takeKey'>;
}

interface Group {
  readonly waiting: Map<Numbered, Timer>;
}

/** How far a sequence has come, as the ledger has it. */
interface Progress {
  readonly passed: number;
  /** Who went on of late. It is on the disk before the ends of their steps are: whoever comes again from a crash between has had its turn. */
  readonly lately: readonly string[];
}

const ledgerScope = 'sequence';
/** More steps than that never end within one transaction of the ledger. */
const rememberedCount = 200;

export function createSequences({ clock, ledger }: SequencesOptions): Sequences {
  const groups = new Map<string, Group>();
  let size = 0;

  function findProgress(name: string): Progress | null {
    const claimant = ledger.findClaimant({ scope: ledgerScope, key: name, atMs: clock.now() });
    return claimant === null ? null : (JSON.parse(claimant) as Progress);
  }

  function remove(name: string, numbered: Numbered): boolean {
    const group = groups.get(name);
    const timer = group?.waiting.get(numbered);
    if (group === undefined || timer === undefined) return false;
    timer.cancel();
    group.waiting.delete(numbered);
    if (group.waiting.size === 0) groups.delete(name);
    size -= 1;
    return true;
  }

  /** All that wait up to the number of this one go on, itself too, and behind them those that follow without a gap. */
  function pass(name: string, { id, number: upTo, keptMs }: Numbered): void {
    const waiting = [...(groups.get(name)?.waiting.keys() ?? [])].sort((left, right) => left.number - right.number);
    let passed = upTo;
    const leaving = waiting.filter(({ number }) => {
      if (number === passed + 1) passed = number;
      return number <= passed;
    });
    const nowMs = clock.now();
    const lately = [...new Set([...(findProgress(name)?.lately ?? []), id, ...leaving.map((one) => one.id)])].slice(-rememberedCount);
    const claimant = JSON.stringify({ passed, lately } satisfies Progress);
    ledger.takeKey({ scope: ledgerScope, key: name, claimant, atMs: nowMs, untilMs: nowMs + keptMs });
    for (const one of leaving) {
      remove(name, one);
      one.onDue();
    }
  }

  return {
    enter(numbered) {
      const { scope, key, id, number, first, waitMs, dueAtMs: known, onDue, onLate } = numbered;
      const name = JSON.stringify([scope, key]);
      const progress = findProgress(name);
      const passed = progress?.passed ?? null;
      const nowMs = clock.now();
      if (passed !== null && number <= passed) {
        if (known === null && progress?.lately.includes(id) !== true) onLate();
        else onDue();
        return nowMs;
      }
      if (number === (passed === null ? first : passed + 1)) {
        onDue();
        pass(name, numbered);
        return nowMs;
      }
      const dueAtMs = known ?? nowMs + waitMs;
      const group = groups.get(name) ?? { waiting: new Map() };
      groups.set(name, group);
      group.waiting.set(
        numbered,
        clock.startTimer(Math.max(0, dueAtMs - nowMs), () => pass(name, numbered)),
      );
      size += 1;
      return dueAtMs;
    },
    leave(numbered) {
      remove(JSON.stringify([numbered.scope, numbered.key]), numbered);
    },
    get size() {
      return size;
    },
  };
}
