import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { CallAttempt, Clock, PlatformContent, PlatformUpload } from '@wirebook/node-kit';
import { type AnsweredCall, passingStatuses, readAnswerBody, toAnswerError } from './answer.ts';
import type { CallSlots } from './call-slots.ts';
import type { HttpExchange, HttpOutcome } from './http-exchange.ts';
import { linkAbort, waitUnlessAborted } from './linked-abort.ts';
import { toMultipart } from './multipart.ts';
import type { RetryPolicy } from './platform-client-options.ts';
import type { RetryHold } from './retry-hold.ts';
import { findRetryDelayMs, readRetryAfterMs } from './retry-wait.ts';

interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonValue | undefined;
  readonly upload?: PlatformUpload | undefined;
  readonly takeContent?: ((content: PlatformContent) => Promise<void>) | undefined;
  /** Whether the call may be sent again when it is not known what became of it. */
  readonly repeatable: boolean;
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onAttempt: (attempt: CallAttempt) => void;
  /** Tries are numbered on from here; the caller may hand it to several calls that belong together. */
  readonly tally: { count: number };
  /** Takes secrets out of a text. */
  readonly scrub: (text: string) => string;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: JsonValue;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Who the calls are made as. `generation` tells an ended session from a renewed one. */
export interface Credentials {
  current(): { readonly generation: number; readonly headers: Readonly<Record<string, string>> };
  /** Logs in again unless another call has done so since `generation`. */
  renew(generation: number): Promise<void>;
}

/** Sends calls, again where that is safe. Rejects with SOAR_*, or with the reason of the signal. */
export type RestCaller = (call: RestCall, credentials?: Credentials) => Promise<RestAnswer>;

export interface RestCallerOptions {
  readonly exchange: HttpExchange;
  /** Connections of all calls together. */
  readonly slots: CallSlots;
  /** Holds all calls where the platform asked for it. */
  readonly hold: RetryHold;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the client closes. */
  readonly closed: AbortSignal;
}

export function createRestCaller(options: RestCallerOptions): RestCaller {
  const { clock } = options;

  async function attempt(call: RestCall, credentialHeaders: Readonly<Record<string, string>>): Promise<HttpOutcome> {
    const heldFromMs = clock.monotonicMs();
    await options.hold.enter(call.signal);
    await options.slots.enter(call.signal);
    call.tally.count += 1;
    const number = call.tally.count;
    const startedAtMs = clock.now();
    const startMs = clock.monotonicMs();
    const waitMs = startMs - heldFromMs;
    const multipart =
      call.upload === undefined ? undefined : toMultipart(call.upload, `wirebook-${options.random().toString(36).slice(2)}${startedAtMs}`);
    const accept = call.takeContent === undefined ? 'application/json' : '*/*';
    const contentType = multipart?.contentType ?? 'application/json';
    const sent = options.exchange.send({
      method: call.method,
      url: call.url,
      // Credentials last: nothing that a call brings along may replace them.
      headers: { accept, 'content-type': contentType, ...call.headers, ...credentialHeaders },
      body: multipart ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
      takeContent: call.takeContent,
      timeoutMs: call.timeoutMs,
      signal: call.signal,
    });
    const outcome = await sent.finally(() => options.slots.leave());
    if (outcome.kind === 'answer' && holdingStatuses.has(outcome.status)) {
      const askedMs = readRetryAfterMs(outcome.headers['retry-after'], clock.now());
      if (askedMs > 0) options.hold.hold(askedMs);
    }
    call.onAttempt({
      method: call.method,
      url: call.scrub(call.url.href),
      attempt: number,
      startedAtMs,
      durationMs: clock.monotonicMs() - startMs,
      status: outcome.kind === 'answer' ? outcome.status : null,
      code: findOutcomeCode(call, outcome),
      ...(waitMs >= 1 && { waitMs: Math.round(waitMs) }),
    });
    return outcome;
  }

  async function callUntilDone(call: RestCall, credentials: Credentials | undefined): Promise<RestAnswer> {
    let renewed = false;
    for (let tried = 1; ; ) {
      const granted = credentials?.current();
      const outcome = await attempt(call, granted?.headers ?? {});
      if (outcome.kind === 'aborted') throw outcome.reason;
      if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
        return { status: outcome.status, body: readAnswerBody(describeAnswer(call, outcome)), headers: outcome.headers };
      }
      const unauthorized = outcome.kind === 'answer' && outcome.status === 401;
      if (unauthorized && credentials !== undefined && granted !== undefined) {
        if (renewed) throw refuseRenewed(call);
        renewed = true;
        // A 401 was refused before it was looked at: repeating is safe for every method.
        await waitUnlessAborted(credentials.renew(granted.generation), call.signal);
        continue;
      }
      const failure = outcome.kind === 'answer' ? toAnswerError(describeAnswer(call, outcome)) : outcome.error;
      if (tried >= call.attempts || !isWorthRepeating(call, outcome) || options.hold.isTooLong()) throw failure;
      const askedMs = outcome.kind === 'answer' ? readRetryAfterMs(outcome.headers['retry-after'], clock.now()) : 0;
      await clock.sleep(findRetryDelayMs(options.retry, { tried, unit: options.random(), askedMs }), call.signal);
      tried += 1;
    }
  }

  return async (call, credentials) => {
    const linked = linkAbort([call.signal, options.closed]);
    try {
      linked.signal.throwIfAborted();
      return await callUntilDone({ ...call, signal: linked.signal }, credentials);
    } finally {
      linked.unlink();
    }
  };
}

/** A Retry-After of these is about all calls. */
const holdingStatuses: ReadonlySet<number> = new Set([429, 503]);

function describeAnswer(call: RestCall, answer: Extract<HttpOutcome, { kind: 'answer' }>): AnsweredCall {
  const location = answer.headers.location;
  return {
    method: call.method,
    path: call.scrub(`${call.url.pathname}${call.url.search}`),
    status: answer.status,
    text: answer.text,
    location: Array.isArray(location) ? location[0] : location,
    scrub: call.scrub,
  };
}

function findOutcomeCode(call: RestCall, outcome: HttpOutcome): string | null {
  if (outcome.kind === 'aborted') return outcome.reason instanceof WirebookError ? outcome.reason.code : null;
  if (outcome.kind === 'failure') return outcome.error.code;
  return outcome.status >= 200 && outcome.status < 300 ? null : toAnswerError(describeAnswer(call, outcome)).code;
}

function isWorthRepeating(call: RestCall, outcome: Exclude<HttpOutcome, { kind: 'aborted' }>): boolean {
  if (outcome.kind === 'answer') return call.repeatable && passingStatuses.has(outcome.status);
  return outcome.error.retryable && (call.repeatable || outcome.sent === 'no');
}

function refuseRenewed(call: RestCall): WirebookError {
  const text = `${call.method} ${call.url.pathname}: the platform answered 401 again after a new login; check that the account may use this path`;
  return new WirebookError('SOAR_LOGIN_REFUSED', text, undefined, { status: 401, method: call.method, path: call.url.pathname });
}
