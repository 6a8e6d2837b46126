import { createSeededRandom } from './seeded-random.ts';

/** One SIGKILL of an otherwise healthy setup. */
export interface Kill {
  readonly victim: 'engine' | 'broker';
  /** When this many calls have been answered. */
  readonly afterAnswers: number;
  /** And then this long after. */
  readonly waitMs: number;
  /** How long the victim stays dead. */
  readonly downMs: number;
}

export interface KillPlanOptions {
  readonly seed: number;
  readonly calls: number;
  readonly engineKills: number;
  readonly brokerKills: number;
}

const longestWaitMs = 40;
const longestDownMs = 300;

/** Kills spread over the calls by the seed, in order; the last tenth of the calls is left to come to an end. */
export function planKills({ seed, calls, engineKills, brokerKills }: KillPlanOptions): readonly Kill[] {
  const random = createSeededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const victims = [...Array<'engine'>(engineKills).fill('engine'), ...Array<'broker'>(brokerKills).fill('broker')];
  return victims
    .map((victim) => ({ victim, afterAnswers: 1 + upTo(calls * 0.9), waitMs: upTo(longestWaitMs), downMs: upTo(longestDownMs) }))
    .sort((left, right) => left.afterAnswers - right.afterAnswers);
}
