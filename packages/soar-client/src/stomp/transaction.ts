import { type ErrorDetails, WirebookError } from '@wirebook/errors';
import type { BrokerSend } from '@wirebook/node-kit';
import { isRolledBack, toRefusal } from './broker-refusal.ts';
import type { ReceiptOutcome } from './receipt-desk.ts';
import type { AckFrame, StompSession } from './stomp-session.ts';
import { getSizeBytes, type WriteTrust } from './write-trust.ts';

export interface TransactionParts {
  readonly sends: readonly BrokerSend[];
  readonly acks: readonly AckFrame[];
}

export interface TransactionContext {
  readonly session: StompSession;
  readonly trust: WriteTrust;
  readonly receipts: 'asked' | 'none';
}

/** What is known of a transaction that did not succeed: `settleable` says whether its deliveries may be settled again. */
interface FailureFacts extends ErrorDetails {
  readonly committed: 'no' | 'unknown';
  readonly settleable: boolean;
}

/**
 * BEGIN, SENDs, ACKs, COMMIT. All of it leaves at once when every SEND is trusted; otherwise the SENDs that are not wait for
 * their own receipts before the first ACK.
 *
 * @throws WirebookError SOAR_BROKER_NOT_AUTHORIZED or SOAR_TRANSACTION_REFUSED when nothing was committed;
 * SOAR_BROKER_CONNECTION_LOST otherwise, with `details.committed` `no` or `unknown`.
 */
export async function runTransaction({ sends, acks }: TransactionParts, context: TransactionContext): Promise<void> {
  const { session, trust } = context;
  const id = session.nextId('tx');
  const untrusted = context.receipts === 'none' ? [] : sends.filter((send) => !trust.isTrusted(send));
  session.client.begin(id);
  if (untrusted.length > 0) await sendWithCare({ id, sends, untrusted }, context);
  else for (const send of sends) session.sendFrame(send, { transaction: id });
  for (const ack of acks) session.ackFrame(ack, { transaction: id });
  if (context.receipts === 'none') {
    session.client.commit(id);
    session.sweepAcks(acks.length);
    await session.flushed();
    return;
  }
  const frame = `a COMMIT of ${sends.length} SENDs and ${acks.length} ACKs`;
  const committing = session.expectReceipt({ receiptId: id, frame });
  session.client.commit(id);
  session.sweepAcks(acks.length);
  const outcome = await committing;
  if (outcome.kind === 'received') trust.trust(sends);
  else throw failedCommit(outcome, { sends, acks }, context);
}

interface CarefulSends {
  readonly id: string;
  readonly sends: readonly BrokerSend[];
  readonly untrusted: readonly BrokerSend[];
}

/** A refused SEND that has a receipt of its own does not spoil its transaction on ActiveMQ, so we abort it ourselves. */
async function sendWithCare({ id, sends, untrusted }: CarefulSends, { session, trust }: TransactionContext): Promise<void> {
  const waits: Promise<ReceiptOutcome>[] = [];
  for (const send of sends) {
    if (untrusted.includes(send)) waits.push(sendOnTrial(send, { id, session, trust }));
    else session.sendFrame(send, { transaction: id });
  }
  const outcomes = await Promise.all(waits);
  const taken = untrusted.filter((_, index) => outcomes[index]?.kind === 'received');
  trust.trust(taken);
  const failedIndex = outcomes.findIndex((outcome) => outcome.kind !== 'received');
  const failed = outcomes[failedIndex];
  if (failed === undefined || failed.kind === 'received') {
    if (!session.isOpen) throw connectionLost(new WirebookError('SOAR_BROKER_CONNECTION_LOST', 'It ended before the COMMIT.'), 'no');
    return;
  }
  if (failed.kind === 'lost') {
    const tooLong = untrusted.find((send) => trust.isRefusedSize(getSizeBytes(send)));
    if (tooLong !== undefined) throw tooLongError(tooLong, { why: failed.error.message, settleable: false });
    throw connectionLost(failed.error, 'no');
  }
  if (session.isOpen) session.client.abort(id);
  const facts: FailureFacts = { committed: 'no', settleable: true };
  const what = `The reply to ${untrusted[failedIndex]?.destination}`;
  throw toRefusal(failed.frame, { what, otherwise: 'SOAR_TRANSACTION_REFUSED', details: facts });
}

async function sendOnTrial(
  send: BrokerSend,
  { id, session, trust }: { id: string; session: StompSession; trust: WriteTrust },
): Promise<ReceiptOutcome> {
  const receipt = session.nextId('send');
  const outcome = session.expectReceipt({ receiptId: receipt, frame: `a SEND to ${send.destination}` });
  const endTrial = trust.startTrial(send);
  session.sendFrame(send, { transaction: id, receipt });
  try {
    return await outcome;
  } finally {
    endTrial();
  }
}

function failedCommit(
  outcome: Exclude<ReceiptOutcome, { kind: 'received' }>,
  { sends, acks }: TransactionParts,
  { session, trust }: TransactionContext,
): WirebookError {
  if (outcome.kind === 'lost') return connectionLost(outcome.error, 'unknown');
  trust.distrust(sends);
  const facts: FailureFacts = { committed: 'no', settleable: false };
  const what = `A transaction of ${sends.length} SENDs and ${acks.length} ACKs`;
  const refusal = toRefusal(outcome.frame, { what, otherwise: 'SOAR_TRANSACTION_REFUSED', details: facts });
  // The ACKs of a refused COMMIT are spent, and their messages stay with us unsettled until the connection ends.
  if (acks.length > 0)
    session.destroy(new WirebookError('SOAR_BROKER_CONNECTION_LOST', `${refusal.message}; connecting anew to get its messages again.`));
  if (isRolledBack(outcome.frame)) return refusal;
  return connectionLost(refusal, 'unknown');
}

/** A body of a size that the broker does not take; found out once, refused here ever after. */
export function tooLongError(send: BrokerSend, { why, settleable }: { why: string; settleable: boolean }): WirebookError {
  const sizeBytes = getSizeBytes(send);
  const facts: FailureFacts & { sizeBytes: number } = { committed: 'no', settleable, sizeBytes };
  return new WirebookError(
    'SOAR_TRANSACTION_REFUSED',
    `The reply to ${send.destination} has ${sizeBytes} bytes, more than the broker takes in a frame: ${why}`,
    undefined,
    facts,
  );
}

export function connectionLost(cause: WirebookError, committed: 'no' | 'unknown'): WirebookError {
  const facts: FailureFacts = { committed, settleable: false };
  const known = committed === 'no' ? 'nothing of it was committed' : 'it is not known whether the broker took it';
  return new WirebookError(
    'SOAR_BROKER_CONNECTION_LOST',
    `The connection went before the broker confirmed a transaction; ${known}. ${cause.message}`,
    cause,
    { ...facts, reason: cause.code },
  );
}
