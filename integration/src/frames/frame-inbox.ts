import type { ReceivedFrame } from '@wirebook/simulator';

/** Frames that a client library handed over, kept until a case asks for them. */
export interface FrameInbox {
  push(frame: ReceivedFrame): void;
  /** The connection has ended; frames that came before are still given. */
  end(): void;
  readonly isEnded: boolean;
  /** The next frame; `closed` once the connection has ended, `silence` when nothing came in time. */
  next(timeoutMs: number): Promise<ReceivedFrame | 'closed' | 'silence'>;
}

export function createFrameInbox(): FrameInbox {
  const frames: ReceivedFrame[] = [];
  let isEnded = false;
  let wake: (() => void) | undefined;

  function change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    push(frame) {
      frames.push(frame);
      wake?.();
    },
    end() {
      isEnded = true;
      wake?.();
    },
    get isEnded() {
      return isEnded;
    },
    async next(timeoutMs) {
      const endMs = performance.now() + timeoutMs;
      for (;;) {
        const frame = frames.shift();
        if (frame !== undefined) return frame;
        if (isEnded) return 'closed';
        const leftMs = endMs - performance.now();
        if (leftMs <= 0) return 'silence';
        await change(leftMs);
      }
    },
  };
}
