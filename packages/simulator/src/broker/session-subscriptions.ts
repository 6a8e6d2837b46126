import { type FaultState, garbledBody, garbledFrame, takeFault } from './broker-faults.ts';
import { encodeFrame, encodeHeaders, joinFrame } from './frame-encoder.ts';
import type { FrameWriter } from './frame-writer.ts';
import type { Delivery, QueueConsumer } from './message-queue.ts';
import type { BoardSubscription, QueueBoard } from './queue-board.ts';
import { commonHeaderLines, describeMessage } from './queued-message.ts';

export type AckMode = 'auto' | 'client' | 'client-individual';

interface SubscribeRequest {
  readonly id: string;
  readonly queuePattern: string;
  readonly ackMode: AckMode;
  /** How many messages may be open at once. */
  readonly prefetch: number;
  readonly isExclusive: boolean;
  readonly allows: (queueName: string) => boolean;
}

interface Subscription {
  readonly request: SubscribeRequest;
  /** By ack number, so in the order of delivery. */
  readonly open: Map<number, OpenDelivery>;
  board: BoardSubscription | undefined;
}

/** A message that the client may still acknowledge. */
export interface OpenDelivery {
  readonly ackNumber: number;
  readonly delivery: Delivery;
  readonly subscription: Subscription;
}

export interface SessionSubscriptions {
  subscribe(request: SubscribeRequest): void;
  /** Gives back what the subscription holds. @returns false when there is none with this id. */
  unsubscribe(id: string): boolean;
  /**
   * Takes what an ACK or NACK names out of the open deliveries.
   *
   * @returns undefined for an id that names nothing; an empty list for a message of a subscription that has ended.
   */
  claim(ackId: string, scope: 'one' | 'as subscribed'): readonly OpenDelivery[] | undefined;
  /** The same by message-id, as STOMP 1.1 has it; undefined too for a message of a subscription that has ended. */
  claimMessage(subscriptionId: string, messageId: string, scope: 'one' | 'as subscribed'): readonly OpenDelivery[] | undefined;
  settle(claimed: readonly OpenDelivery[]): void;
  deadLetter(claimed: readonly OpenDelivery[]): void;
  /** Undoes `claim`: open again, or back on the queue when the subscription has ended meanwhile. */
  restore(claimed: readonly OpenDelivery[]): void;
  /** The peer reads again: what waits may be delivered. */
  wake(): void;
  /** Gives everything back, claimed deliveries too that were never settled. */
  end(claimed: readonly OpenDelivery[]): void;
}

export interface SessionSubscriptionsOptions {
  readonly board: QueueBoard;
  readonly writer: FrameWriter;
  readonly faults: FaultState;
  readonly nextAckNumber: () => number;
  /** Whether messages carry an `ack` header. */
  readonly hasAckIds: () => boolean;
  /** Goes before the number in the `ack` header. */
  readonly ackPrefix: string;
}

export function createSessionSubscriptions(options: SessionSubscriptionsOptions): SessionSubscriptions {
  const { board, writer, faults } = options;
  const byId = new Map<string, Subscription>();
  const all = new Set<Subscription>();
  const openByAckId = new Map<string, OpenDelivery>();
  /** Ids of messages that went back with their subscription: a late answer to one is taken and does nothing. */
  const staleAckIds = new Set<string>();

  function ackIdOf(ackNumber: number): string {
    return `${options.ackPrefix}${ackNumber}`;
  }

  function writeMessage(subscription: Subscription, delivery: Delivery, ackId: string | undefined): void {
    const { message } = delivery;
    const own = {
      subscription: subscription.request.id,
      ...(ackId === undefined ? {} : { ack: ackId }),
      ...(message.isRedelivered ? { redelivered: 'true' } : {}),
    };
    if (takeFault(faults, 'garbledFrames')) writer.send(garbledFrame);
    else if (takeFault(faults, 'garbledBodies')) {
      const length = String(garbledBody.length);
      writer.send(encodeFrame('MESSAGE', { ...own, ...describeMessage(message), 'content-length': length }, garbledBody));
    } else writer.send(joinFrame('MESSAGE', encodeHeaders(own) + commonHeaderLines(message), message.body));
  }

  function register(entry: OpenDelivery): void {
    entry.subscription.open.set(entry.ackNumber, entry);
    openByAckId.set(ackIdOf(entry.ackNumber), entry);
  }

  function consumerOf(subscription: Subscription): QueueConsumer {
    const { ackMode, prefetch, isExclusive } = subscription.request;
    const limit = ackMode === 'auto' ? Number.POSITIVE_INFINITY : prefetch;
    return {
      isExclusive,
      isRemote: true,
      hasRoom: () => subscription.open.size < limit && !faults.isPaused && writer.hasRoom(),
      take(delivery) {
        if (ackMode === 'auto') {
          writeMessage(subscription, delivery, undefined);
          board.settle(delivery);
          return;
        }
        const entry: OpenDelivery = { ackNumber: options.nextAckNumber(), delivery, subscription };
        register(entry);
        writeMessage(subscription, delivery, options.hasAckIds() ? ackIdOf(entry.ackNumber) : undefined);
      },
    };
  }

  function remove(subscription: Subscription): OpenDelivery[] {
    all.delete(subscription);
    subscription.board?.end();
    const open = [...subscription.open.values()];
    subscription.open.clear();
    for (const { ackNumber } of open) {
      openByAckId.delete(ackIdOf(ackNumber));
      staleAckIds.add(ackIdOf(ackNumber));
    }
    return open;
  }

  function release(entry: OpenDelivery): void {
    entry.subscription.open.delete(entry.ackNumber);
    openByAckId.delete(ackIdOf(entry.ackNumber));
    entry.subscription.board?.wake();
  }

  function claimFrom(named: OpenDelivery, scope: 'one' | 'as subscribed'): OpenDelivery[] {
    const claimed: OpenDelivery[] = [];
    const isCumulative = scope === 'as subscribed' && named.subscription.request.ackMode === 'client';
    if (!isCumulative) claimed.push(named);
    else for (const entry of named.subscription.open.values()) if (entry.ackNumber <= named.ackNumber) claimed.push(entry);
    for (const entry of claimed) release(entry);
    return claimed;
  }

  function giveBack(entries: readonly OpenDelivery[]): void {
    board.giveBack(entries.map(({ delivery }) => delivery));
  }

  return {
    subscribe(request) {
      const subscription: Subscription = { request, open: new Map(), board: undefined };
      byId.set(request.id, subscription);
      all.add(subscription);
      subscription.board = board.subscribe(request.queuePattern, consumerOf(subscription), request.allows);
    },
    unsubscribe(id) {
      const subscription = byId.get(id);
      if (subscription === undefined) return false;
      byId.delete(id);
      giveBack(remove(subscription));
      return true;
    },
    claim(ackId, scope) {
      if (staleAckIds.delete(ackId)) return [];
      const named = openByAckId.get(ackId);
      return named === undefined ? undefined : claimFrom(named, scope);
    },
    claimMessage(subscriptionId, messageId, scope) {
      for (const entry of byId.get(subscriptionId)?.open.values() ?? []) {
        if (entry.delivery.message.messageId === messageId) return claimFrom(entry, scope);
      }
      return undefined;
    },
    settle(claimed) {
      for (const { delivery } of claimed) board.settle(delivery);
    },
    deadLetter(claimed) {
      for (const { delivery } of claimed) board.deadLetter(delivery);
    },
    restore(claimed) {
      const byOrder = [...claimed].sort((a, b) => a.ackNumber - b.ackNumber);
      giveBack(byOrder.filter(({ subscription }) => !all.has(subscription)));
      for (const entry of byOrder) if (all.has(entry.subscription)) register(entry);
    },
    wake() {
      for (const subscription of all) subscription.board?.wake();
    },
    end(claimed) {
      const open = [...all].flatMap((subscription) => remove(subscription));
      giveBack([...open, ...claimed]);
    },
  };
}
