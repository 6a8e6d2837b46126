import type { Clock, Timer, WebResponse } from '@wirebook/node-kit';
import type { RunOutcome } from '@wirebook/trace';

/** Requests whose answer a node gives. */
export interface WaitingAnswers {
  /** Calls back once: with the answer, or with what stands for it when none comes. */
  wait(runId: string, withinMs: number, answer: (response: WebResponse) => void): void;
  /** The sender has gone. */
  forget(runId: string): void;
  respond(runId: string, response: WebResponse): boolean;
  noteOver(runId: string, outcome: RunOutcome): void;
  readonly isFull: boolean;
}

interface Waiter {
  readonly answer: (response: WebResponse) => void;
  readonly timer: Timer;
}

const mostWaiting = 1000;

export function createWaitingAnswers(clock: Pick<Clock, 'startTimer'>): WaitingAnswers {
  const waiters = new Map<string, Waiter>();

  function end(runId: string, response: WebResponse): boolean {
    const waiter = waiters.get(runId);
    if (waiter === undefined) return false;
    waiters.delete(runId);
    waiter.timer.cancel();
    waiter.answer(response);
    return true;
  }

  return {
    wait: (runId, withinMs, answer) => {
      const late = toJsonResponse(504, { code: 'WEB_ANSWER_LATE', message: 'no answer came in time; the run goes on', runId });
      const timer = clock.startTimer(withinMs, () => end(runId, late));
      waiters.set(runId, { answer, timer });
    },
    forget: (runId) => {
      waiters.get(runId)?.timer.cancel();
      waiters.delete(runId);
    },
    respond: end,
    noteOver: (runId, outcome) => {
      const isWell = outcome === 'succeeded' || outcome === 'skipped';
      // What went wrong is for those who may see the run, not for the sender.
      const response = isWell
        ? toJsonResponse(200, { runId })
        : toJsonResponse(500, { code: 'WEB_RUN_FAILED', message: 'the flow failed', runId });
      end(runId, response);
    },
    get isFull() {
      return waiters.size >= mostWaiting;
    },
  };
}

export function toJsonResponse(status: number, body: object, headers: Readonly<Record<string, string>> = {}): WebResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(body) };
}
