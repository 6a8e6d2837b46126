import type { ConnectionTestStep } from '@wirebook/api';
import { toWirebookError, WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';

/** One thing to try. */
export interface StepToTry {
  readonly what: string;
  readonly side: ConnectionTestStep['side'];
  /** Gives what was found, in words; what it throws ends the test. */
  readonly run: (signal: AbortSignal) => Promise<string>;
}

export interface TryStepsOptions {
  readonly clock: Clock;
  /** For one step. */
  readonly limitMs: number;
  /** Ends the test. */
  readonly signal: AbortSignal;
  /** Hears of each step before it is tried. */
  readonly onBegin?: ((what: string) => void) | undefined;
  /** Hears of each step at its end, with what was wrong. */
  readonly onStep?: ((step: ConnectionTestStep, error: WirebookError | null) => void) | undefined;
}

/** Tries one after the other; the first that fails ends it, and those behind it are skipped. */
export async function trySteps(steps: readonly StepToTry[], options: TryStepsOptions): Promise<ConnectionTestStep[]> {
  const { clock, limitMs, signal } = options;
  const tried: ConnectionTestStep[] = [];
  const keep = (step: ConnectionTestStep, error: WirebookError | null = null) => {
    tried.push(step);
    options.onStep?.(step, error);
  };
  let hasFailed = false;
  for (const { what, side, run } of steps) {
    if (hasFailed) {
      keep({ what, side, outcome: 'skipped', detail: 'Not tried, because a step before it failed.', durationMs: 0 });
      continue;
    }
    options.onBegin?.(what);
    const startedMs = clock.monotonicMs();
    const took = () => Math.round(clock.monotonicMs() - startedMs);
    try {
      const detail = await runBounded(run, { what, clock, limitMs, signal });
      keep({ what, side, outcome: 'good', detail, durationMs: took() });
    } catch (thrown) {
      const error = toWirebookError(thrown, 'SOAR_REST_UNREACHABLE');
      keep({ what, side, outcome: 'bad', detail: `${toSentence(error.message)} ${error.hint} [${error.code}]`, durationMs: took() }, error);
      hasFailed = true;
    }
  }
  return tried;
}

function toSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/[.\s]*$/, '')}.`;
}

async function runBounded(
  run: StepToTry['run'],
  { what, clock, limitMs, signal }: TryStepsOptions & { readonly what: string },
): Promise<string> {
  const patience = new AbortController();
  const timer = clock.startTimer(limitMs, () =>
    patience.abort(new WirebookError('SOAR_REST_TIMEOUT', `"${what}" had no end within ${limitMs / 1000} s`)),
  );
  const both = AbortSignal.any([patience.signal, signal]);
  const given = new Promise<never>((_settle, reject) => {
    const giveUp = () => reject(both.reason instanceof Error ? both.reason : new Error(String(both.reason)));
    if (both.aborted) giveUp();
    else both.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([run(both), given]);
  } finally {
    timer.cancel();
  }
}
