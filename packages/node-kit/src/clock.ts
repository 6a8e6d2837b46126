/** Time as it is injected everywhere; the system's own clock is made in one place only. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never run backwards, for durations. */
  monotonicMs(): number;
  /** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls once after `delayMs`. */
  startTimer(delayMs: number, onTime: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** Ids as they are injected everywhere. */
export interface IdSource {
  /** A new id of 23 url-safe characters; later ones sort after earlier ones, as far as the clock goes. */
  nextId(): string;
}
