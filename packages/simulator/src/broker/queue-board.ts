import type { Clock } from '../clock.ts';
import { createMessageQueue, type Delivery, type MessageQueue, type QueueConsumer, type QueueState } from './message-queue.ts';
import type { MessageDraft } from './queued-message.ts';

/** All queues of a broker and who consumes them. */
export interface QueueBoard {
  send(draft: MessageDraft): void;
  /**
   * @param pattern a queue name; `*` stands for one part of a name between dots, `>` at the end for all further parts.
   * @param allows asked for each queue that a pattern matches.
   */
  subscribe(pattern: string, consumer: QueueConsumer, allows: (queueName: string) => boolean): BoardSubscription;
  settle(delivery: Delivery): void;
  deadLetter(delivery: Delivery): void;
  giveBack(deliveries: readonly Delivery[]): void;
  /** Delivers nothing until `resume`. */
  pause(): void;
  resume(): void;
  dropVolatile(): void;
  purge(): void;
  states(): readonly QueueState[];
}

export interface BoardSubscription {
  /** The consumer has room again. */
  wake(): void;
  end(): void;
}

interface PatternSubscription {
  readonly matches: (queueName: string) => boolean;
  readonly consumer: QueueConsumer;
  readonly queues: Set<MessageQueue>;
}

export function isPattern(name: string): boolean {
  const parts = name.split('.');
  return parts.includes('*') || parts.at(-1) === '>';
}

function patternMatches(pattern: string, name: string): boolean {
  const wanted = pattern.split('.');
  const parts = name.split('.');
  for (let at = 0; at < wanted.length; at += 1) {
    if (wanted[at] === '>' && at === wanted.length - 1) return parts.length >= at;
    if (parts[at] === undefined || (wanted[at] !== '*' && wanted[at] !== parts[at])) return false;
  }
  return parts.length === wanted.length;
}

export function createQueueBoard(options: { clock: Clock; takeDuplicate: () => boolean }): QueueBoard {
  const queues = new Map<string, MessageQueue>();
  const patterns = new Set<PatternSubscription>();
  const dirty = new Set<MessageQueue>();
  let sequence = 0;
  let isPaused = false;
  let isScheduled = false;

  function runDispatch(): void {
    isScheduled = false;
    if (isPaused) return;
    const now = [...dirty];
    dirty.clear();
    for (const queue of now) queue.dispatch();
  }

  // Later, so that the receipt of a frame leaves before the messages that it sets free, and one look serves a whole chunk.
  function schedule(queue: MessageQueue): void {
    dirty.add(queue);
    if (isScheduled || isPaused) return;
    isScheduled = true;
    queueMicrotask(runDispatch);
  }

  function queueNamed(name: string): MessageQueue {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = createMessageQueue({
      name,
      now: () => options.clock.now(),
      takeDuplicate: options.takeDuplicate,
      onDeadLetter: send,
    });
    queues.set(name, queue);
    for (const pattern of patterns) if (pattern.matches(name)) attach(pattern, queue);
    return queue;
  }

  function attach(pattern: PatternSubscription, queue: MessageQueue): void {
    pattern.queues.add(queue);
    queue.addConsumer(pattern.consumer);
    schedule(queue);
  }

  function send(draft: MessageDraft): void {
    sequence += 1;
    const queue = queueNamed(draft.destination);
    queue.add(draft, sequence);
    schedule(queue);
  }

  function subscribe(pattern: string, consumer: QueueConsumer, allows: (queueName: string) => boolean): BoardSubscription {
    const isWide = isPattern(pattern);
    const subscription: PatternSubscription = {
      matches: (name) => patternMatches(pattern, name) && allows(name),
      consumer,
      queues: new Set(),
    };
    if (isWide) {
      patterns.add(subscription);
      for (const queue of queues.values()) if (subscription.matches(queue.name)) attach(subscription, queue);
    } else attach(subscription, queueNamed(pattern));
    return {
      wake() {
        for (const queue of subscription.queues) schedule(queue);
      },
      end() {
        patterns.delete(subscription);
        for (const queue of subscription.queues) {
          queue.removeConsumer(consumer);
          schedule(queue);
        }
        subscription.queues.clear();
      },
    };
  }

  function giveBack(deliveries: readonly Delivery[]): void {
    for (const [queue, group] of groupByQueue(deliveries)) {
      queue.giveBack(group);
      schedule(queue);
    }
  }

  return {
    send,
    subscribe,
    settle(delivery) {
      delivery.queue.settle(delivery);
    },
    deadLetter(delivery) {
      delivery.queue.deadLetter(delivery);
    },
    giveBack,
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      for (const queue of queues.values()) schedule(queue);
    },
    dropVolatile() {
      for (const queue of queues.values()) queue.dropVolatile();
    },
    purge() {
      for (const queue of queues.values()) queue.purge();
    },
    states: () => [...queues.values()].map((queue) => queue.state()),
  };
}

function groupByQueue(deliveries: readonly Delivery[]): Map<MessageQueue, Delivery[]> {
  const groups = new Map<MessageQueue, Delivery[]>();
  for (const delivery of deliveries) {
    const group = groups.get(delivery.queue);
    if (group === undefined) groups.set(delivery.queue, [delivery]);
    else group.push(delivery);
  }
  return groups;
}
