/** One message as a consumer of the platform's own queues sees it. */
export interface BrokerMessage {
  /** Queue name without the `/queue/` prefix. */
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A message to be put on a queue. */
export interface OutgoingMessage {
  /** Queue name without the `/queue/` prefix, such as `actions.201.fn_main`. */
  readonly destination: string;
  /** Written as given; the broker adds its own (message-id, timestamp, content-length and so on). */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An open consumer; `close` puts what was not settled back on the queue. */
export interface BrokerConsumer {
  close(): Promise<void>;
}

/** What the platform needs of its message broker, embedded or real. */
export interface BrokerPort {
  /**
   * Puts a persistent message on a queue.
   *
   * @returns a promise that resolves when the broker has the message.
   * @throws WirebookError SIMULATOR_BROKER_CLOSED when the port is closed before the broker has it.
   */
  publish(message: OutgoingMessage): Promise<void>;
  /**
   * Consumes a queue, as the platform does with a reply queue.
   *
   * @param onMessage called once a delivery; the message is settled after it returned. When it throws, the message
   *   stays on the queue and comes again after the consumer has been closed.
   */
  consume(destination: string, onMessage: (message: BrokerMessage) => void): Promise<BrokerConsumer>;
  close(): Promise<void>;
}
