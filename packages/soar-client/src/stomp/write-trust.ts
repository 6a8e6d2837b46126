import type { BrokerSend } from '@wirebook/node-kit';

/** Bodies up to this size are taken to fit into any broker's frames. */
const surelyFittingBytes = 100_000;
const mostDestinations = 10_000;

/**
 * What a broker is known to take. A SEND that is not trusted waits for its own receipt before anything is committed: an ActiveMQ
 * that refuses a pipelined SEND rolls the transaction back, and the ACKs in it can then not be sent again on that connection.
 */
export interface WriteTrust {
  isTrusted(send: BrokerSend): boolean;
  trust(sends: readonly BrokerSend[]): void;
  distrust(sends: readonly BrokerSend[]): void;
  /** Rights may have changed: sizes stay, destinations are forgotten. */
  startSession(): void;
  /** Notes a SEND whose size is not known to fit, until the function returned is called. */
  startTrial(send: BrokerSend): () => void;
  /** The broker ended the connection over a frame that was too long: the largest on trial. */
  refuseLargestTrial(): void;
  /** True when a body of this size has ended a connection before. */
  isRefusedSize(sizeBytes: number): boolean;
}

export function createWriteTrust(): WriteTrust {
  const destinations = new Set<string>();
  const trials = new Set<BrokerSend>();
  let fittingBytes = surelyFittingBytes;
  let refusedFromBytes = Number.POSITIVE_INFINITY;
  return {
    isTrusted: (send) => destinations.has(send.destination) && fits(send, fittingBytes),
    trust: (sends) => {
      if (destinations.size > mostDestinations) destinations.clear();
      for (const send of sends) {
        destinations.add(send.destination);
        if (!fits(send, fittingBytes)) fittingBytes = getSizeBytes(send);
      }
    },
    distrust: (sends) => {
      for (const send of sends) destinations.delete(send.destination);
    },
    startSession: () => destinations.clear(),
    startTrial: (send) => {
      trials.add(send);
      return () => trials.delete(send);
    },
    refuseLargestTrial: () => {
      const sizeBytes = Math.max(0, ...[...trials].map(getSizeBytes));
      if (sizeBytes > fittingBytes) refusedFromBytes = Math.min(refusedFromBytes, sizeBytes);
    },
    isRefusedSize: (sizeBytes) => sizeBytes >= refusedFromBytes,
  };
}

export function getSizeBytes(send: BrokerSend): number {
  return Buffer.byteLength(send.body);
}

/** Counts bytes only where the number of characters leaves it open. */
function fits(send: BrokerSend, limitBytes: number): boolean {
  return send.body.length * 3 <= limitBytes || getSizeBytes(send) <= limitBytes;
}
