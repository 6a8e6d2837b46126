/** Time as the simulator takes it; a test passes a clock of its own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after `delayMs`. */
  startTimer(delayMs: number, onTime: () => void): { cancel(): void };
}
