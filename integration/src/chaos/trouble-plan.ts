import type { Outage } from './broker-proxy.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What happens to an otherwise healthy setup: a SIGKILL of engine or broker, or no network between them. */
export type Trouble = {
  /** When this many calls have been answered. */
  readonly afterAnswers: number;
  /** And then this long after. */
  readonly waitMs: number;
  /** How long the victim stays away. */
  readonly downMs: number;
} & ({ readonly victim: 'engine' | 'broker' } | { readonly victim: 'network'; readonly outage: Outage });

export interface TroublePlanOptions {
  readonly seed: number;
  readonly calls: number;
  readonly engineKills: number;
  readonly brokerKills: number;
  readonly cuts: number;
  /** Longest cut of the network; 10,000 unless given, the shortest is 1,000. */
  readonly longestCutMs?: number | undefined;
}

const longestWaitMs = 200;
const longestDownMs = 500;
const shortestCutMs = 1000;
const usualLongestCutMs = 10_000;
/** The rest of the calls is left to come to an end. */
const troubledPart = 0.9;

/** Troubles spread over the calls by the seed, in order. */
export function planTroubles(options: TroublePlanOptions): readonly Trouble[] {
  const { seed, calls, engineKills, brokerKills, cuts, longestCutMs = usualLongestCutMs } = options;
  const random = createSeededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const moment = () => ({ afterAnswers: 1 + upTo(calls * troubledPart), waitMs: upTo(longestWaitMs) });
  const kill = (victim: 'engine' | 'broker'): Trouble => ({ victim, ...moment(), downMs: upTo(longestDownMs) });
  const cut = (index: number): Trouble => ({
    victim: 'network',
    outage: index % 2 === 0 ? 'refused' : 'silent',
    ...moment(),
    downMs: shortestCutMs + upTo(longestCutMs - shortestCutMs),
  });
  return [
    ...Array.from({ length: engineKills }, () => kill('engine')),
    ...Array.from({ length: brokerKills }, () => kill('broker')),
    ...Array.from({ length: cuts }, (_, index) => cut(index)),
  ].sort((left, right) => left.afterAnswers - right.afterAnswers);
}
