import { deadLetterOf, type MessageDraft, type QueuedMessage, queueMessage } from './queued-message.ts';
import { createWaitingLine } from './waiting-line.ts';

/** One message in the hands of one consumer, until it is settled or comes back. */
export interface Delivery {
  readonly message: QueuedMessage;
  readonly queue: MessageQueue;
  isOver: boolean;
}

/** Somebody who takes messages off queues. */
export interface QueueConsumer {
  /** While one exclusive consumer is there, all messages of the queue go to the first of them. */
  readonly isExclusive: boolean;
  /** False for the platform's own consumers, which the duplicate fault leaves alone. */
  readonly isRemote: boolean;
  hasRoom(): boolean;
  take(delivery: Delivery): void;
}

export interface QueueState {
  readonly queue: string;
  /** All messages of the queue, those in the hands of consumers included, as ActiveMQ counts. */
  readonly depth: number;
  readonly unacknowledged: number;
  readonly consumers: number;
}

export interface MessageQueue {
  readonly name: string;
  add(draft: MessageDraft, sequence: number): void;
  addConsumer(consumer: QueueConsumer): void;
  removeConsumer(consumer: QueueConsumer): void;
  /** Hands out what waits, in turn, to consumers with room. */
  dispatch(): void;
  settle(delivery: Delivery): void;
  /** @param cause written into the dead letter where there is one. */
  deadLetter(delivery: Delivery, cause?: string): void;
  /** Puts messages back at their old places, marked as redelivered. */
  giveBack(deliveries: readonly Delivery[]): void;
  /** Forgets what a broker that dies loses: messages that were not sent as persistent. */
  dropVolatile(): void;
  /** Forgets all messages; what a consumer still holds does not come back. */
  purge(): void;
  state(): QueueState;
}

export interface MessageQueueOptions {
  readonly name: string;
  readonly now: () => number;
  /** Takes one of the deliveries that a fault wants to be made twice; false when none is wanted. */
  readonly takeDuplicate: () => boolean;
  readonly onDeadLetter: (draft: MessageDraft) => void;
}

export function createMessageQueue({ name, now, takeDuplicate, onDeadLetter }: MessageQueueOptions): MessageQueue {
  const waiting = createWaitingLine<QueuedMessage>();
  const consumers: QueueConsumer[] = [];
  let nextConsumer = 0;
  const held = new Set<QueuedMessage>();

  function pickConsumer(passes: (consumer: QueueConsumer) => boolean): QueueConsumer | undefined {
    const exclusive = consumers.find((consumer) => consumer.isExclusive);
    if (exclusive !== undefined) return exclusive.hasRoom() && passes(exclusive) ? exclusive : undefined;
    for (let offset = 0; offset < consumers.length; offset += 1) {
      const at = (nextConsumer + offset) % consumers.length;
      const consumer = consumers[at];
      if (consumer?.hasRoom() && passes(consumer)) {
        nextConsumer = at + 1;
        return consumer;
      }
    }
    return undefined;
  }

  function hand(message: QueuedMessage, consumer: QueueConsumer): void {
    message.holderCount += 1;
    consumer.take({ message, queue, isOver: false });
  }

  function handTwice(message: QueuedMessage, first: QueueConsumer): void {
    hand(message, first);
    if (!first.isRemote || message.isSettled || !takeDuplicate()) return;
    hand(message, pickConsumer((consumer) => consumer !== first && consumer.isRemote) ?? first);
  }

  function bury(message: QueuedMessage, cause: string | undefined): void {
    if (!name.startsWith('DLQ.')) onDeadLetter(deadLetterOf(message, cause));
  }

  function isExpired(message: QueuedMessage): boolean {
    return message.expiresAtMs > 0 && message.expiresAtMs <= now();
  }

  /** @returns true when this ended the message's time on the queue. */
  function end(delivery: Delivery): boolean {
    if (delivery.isOver) return false;
    delivery.isOver = true;
    delivery.message.holderCount -= 1;
    if (delivery.message.isSettled) return false;
    delivery.message.isSettled = true;
    held.delete(delivery.message);
    return true;
  }

  const queue: MessageQueue = {
    name,
    add(draft, sequence) {
      waiting.add(queueMessage(draft, sequence));
    },
    addConsumer(consumer) {
      consumers.push(consumer);
    },
    removeConsumer(consumer) {
      const at = consumers.indexOf(consumer);
      if (at >= 0) consumers.splice(at, 1);
      if (at >= 0 && at < nextConsumer) nextConsumer -= 1;
    },
    dispatch() {
      for (let message = waiting.peek(); message !== undefined; message = waiting.peek()) {
        const consumer = pickConsumer(() => true);
        if (consumer === undefined) return;
        waiting.take();
        if (isExpired(message)) {
          bury(message, `java.lang.Throwable: Message Expired. Expiration:${message.expiresAtMs}`);
        } else {
          held.add(message);
          handTwice(message, consumer);
        }
      }
    },
    settle(delivery) {
      end(delivery);
    },
    deadLetter(delivery, cause) {
      if (end(delivery)) bury(delivery.message, cause);
    },
    giveBack(deliveries) {
      const back: QueuedMessage[] = [];
      for (const delivery of deliveries) {
        if (delivery.isOver) continue;
        delivery.isOver = true;
        delivery.message.holderCount -= 1;
        if (delivery.message.isSettled || delivery.message.holderCount > 0) continue;
        delivery.message.isRedelivered = true;
        held.delete(delivery.message);
        back.push(delivery.message);
      }
      waiting.putBack(back);
    },
    dropVolatile() {
      waiting.retain((message) => message.isPersistent);
    },
    purge() {
      waiting.retain(() => false);
      for (const message of held) message.isSettled = true;
      held.clear();
    },
    state() {
      return { queue: name, depth: waiting.length + held.size, unacknowledged: held.size, consumers: consumers.length };
    },
  };
  return queue;
}
