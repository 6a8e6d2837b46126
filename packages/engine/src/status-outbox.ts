import { toErrorRecord, toWirebookError, WirebookError } from '@wirebook/errors';
import type { BrokerConnection } from '@wirebook/node-kit';
import type { SavedReply } from './ports/ledger.ts';
import type { RunTrace } from './run-trace.ts';

export interface StatusOutboxOptions {
  readonly broker: BrokerConnection;
  readonly trace: RunTrace;
}

/** The status replies of one run. Those that the broker has not confirmed when the connection goes leave again, in order, on the next one. */
export interface StatusOutbox {
  send(reply: SavedReply, stepId: number): void;
  /** The completing reply is on its way: nothing is sent again, for it must not come after that. */
  close(): void;
}

interface UnconfirmedStatus {
  readonly reply: SavedReply;
  readonly stepId: number;
  tries: number;
  /** Where it was written last, or which connection was the last one when there was none. */
  session: number;
}

const triesLimit = 3;

export function createStatusOutbox({ broker, trace }: StatusOutboxOptions): StatusOutbox {
  let unconfirmed: UnconfirmedStatus[] = [];
  let stopListening: (() => void) | null = null;
  let isClosed = false;

  function write(status: UnconfirmedStatus): void {
    const { session } = broker.getState();
    status.session = session;
    status.tries += 1;
    broker.send(status.reply).then(
      () => remove(status),
      (thrown: unknown) => {
        const error = toWirebookError(thrown, 'SOAR_BROKER_ERROR');
        // A connection later the same status is under way again, and its new end counts.
        if (status.session !== session || !unconfirmed.includes(status)) return;
        if (error.code !== 'SOAR_BROKER_CONNECTION_LOST') giveUp(status, error);
        else if (status.tries >= triesLimit) giveUp(status, toLostError(`it was lost ${triesLimit} times with its connection`, error));
        else if (isClosed) giveUp(status, toLostError(behindCompletion, error));
        else writeLostAgain();
      },
    );
  }

  /** All that an earlier connection left unconfirmed, also what has not heard of its end: so they keep their order. */
  function writeLostAgain(): void {
    const { status, session } = broker.getState();
    stopListening ??= broker.onState(writeLostAgain);
    if (status !== 'connected') return;
    const lost = unconfirmed.filter((each) => each.session < session);
    if (lost.length === 0) return;
    stop();
    for (const each of lost) write(each);
  }

  function giveUp(status: UnconfirmedStatus, error: WirebookError): void {
    remove(status);
    trace.add({ type: 'reply.refused', stepId: status.stepId, error: toErrorRecord(error) });
    if (isClosed) trace.flush();
  }

  function remove(status: UnconfirmedStatus): void {
    unconfirmed = unconfirmed.filter((each) => each !== status);
    if (unconfirmed.length === 0) stop();
  }

  function stop(): void {
    stopListening?.();
    stopListening = null;
  }

  return {
    send: (reply, stepId) => {
      const { status: connection, session } = broker.getState();
      const status: UnconfirmedStatus = { reply, stepId, tries: 0, session };
      // Behind others that wait for the next connection it waits with them.
      const mustWait = !isClosed && (connection !== 'connected' || unconfirmed.some((each) => each.session < session));
      unconfirmed.push(status);
      if (mustWait) writeLostAgain();
      else write(status);
    },
    close: () => {
      isClosed = true;
      stop();
      for (const status of unconfirmed) if (status.tries === 0) giveUp(status, toLostError(behindCompletion));
    },
  };
}

const behindCompletion = 'its connection went, and it must not come behind the completing reply';

function toLostError(why: string, cause?: WirebookError): WirebookError {
  return new WirebookError('SOAR_BROKER_CONNECTION_LOST', `a status reply is given up: ${why}`, cause);
}
