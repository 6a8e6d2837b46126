import type { Clock } from '../clock.ts';

/** Milliseconds; 0 for none. */
export interface HeartBeat {
  /** The client promises to send at least this often. */
  readonly fromClientMs: number;
  /** The client asks to hear at least this often. */
  readonly toClientMs: number;
}

/** @returns undefined for a header that is none. */
export function parseHeartBeat(header: string | undefined): HeartBeat | undefined {
  if (header === undefined) return { fromClientMs: 0, toClientMs: 0 };
  const match = /^\s*(\d{1,9})\s*,\s*(\d{1,9})\s*$/.exec(header);
  return match === null ? undefined : { fromClientMs: Number(match[1]), toClientMs: Number(match[2]) };
}

export interface HeartBeatOptions {
  readonly clock: Clock;
  readonly heartBeat: HeartBeat;
  readonly lastReadMs: () => number;
  readonly lastWriteMs: () => number;
  readonly beat: () => void;
  /** The client was silent for twice what it promised. */
  readonly onSilence: () => void;
}

/** Sends a line feed before the connection has been quiet for too long, and notices a client that is gone. */
export function runHeartBeat({ clock, heartBeat, lastReadMs, lastWriteMs, beat, onSilence }: HeartBeatOptions): { stop(): void } {
  const timers = new Map<'read' | 'write', { cancel(): void }>();
  let isStopped = false;

  function watch(side: 'read' | 'write', intervalMs: number, lastMs: () => number, onDue: () => void): void {
    function check(): void {
      if (isStopped) return;
      if (clock.now() - lastMs() >= intervalMs) onDue();
      const leftMs = lastMs() + intervalMs - clock.now();
      if (!isStopped) timers.set(side, clock.startTimer(leftMs > 0 ? leftMs : intervalMs, check));
    }
    timers.set(side, clock.startTimer(intervalMs, check));
  }

  // A little early, for the beat must have arrived when the interval ends.
  if (heartBeat.toClientMs > 0) watch('write', Math.max(1, heartBeat.toClientMs * 0.8), lastWriteMs, beat);
  if (heartBeat.fromClientMs > 0) watch('read', heartBeat.fromClientMs * 2, lastReadMs, onSilence);
  return {
    stop() {
      isStopped = true;
      for (const timer of timers.values()) timer.cancel();
    },
  };
}
