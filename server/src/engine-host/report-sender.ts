import type { Clock, Timer } from '@wirebook/node-kit';
import type { EngineBatch, EngineReport } from './engine-channel.ts';

export interface ReportSenderOptions {
  readonly clock: Pick<Clock, 'monotonicMs' | 'startTimer'>;
  /** Hands a text to the channel; `done` is called when the channel took it, or never will. */
  readonly send: (text: string, done: () => void) => void;
  /** Takes secrets out of what leaves the process. */
  readonly redactJson: () => (json: string) => string;
  readonly takeBatch: () => EngineBatch | null;
}

/** Sends reports at once, and batches at most 20 times a second and never faster than the other end takes them. */
export interface ReportSender {
  send(report: EngineReport): void;
  /** There is something for the next batch. */
  announce(): void;
  /** Sends what is left at once. */
  flush(): void;
  close(): void;
}

const batchIntervalMs = 50;
/** News come in showers: what follows right behind goes along. */
const gatherMs = 10;

export function createReportSender(options: ReportSenderOptions): ReportSender {
  const { clock } = options;
  let timer: Timer | null = null;
  let lastBatchMs = Number.NEGATIVE_INFINITY;
  let isUnderWay = false;
  let isWaiting = false;
  let isClosed = false;

  function write(report: EngineReport, done: () => void): void {
    if (!isClosed) options.send(options.redactJson()(JSON.stringify(report)), done);
  }

  function sendBatch(): void {
    timer?.cancel();
    timer = null;
    const batch = options.takeBatch();
    if (batch === null) return;
    lastBatchMs = clock.monotonicMs();
    isUnderWay = true;
    write({ type: 'batch', batch }, () => {
      isUnderWay = false;
      if (isWaiting) announce();
    });
  }

  function announce(): void {
    isWaiting = isUnderWay;
    if (isUnderWay || timer !== null || isClosed) return;
    timer = clock.startTimer(Math.max(gatherMs, lastBatchMs + batchIntervalMs - clock.monotonicMs()), sendBatch);
  }

  return {
    send: (report) => write(report, () => undefined),
    announce,
    flush: sendBatch,
    close: () => {
      isClosed = true;
      timer?.cancel();
    },
  };
}
