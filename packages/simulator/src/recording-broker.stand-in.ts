import type { BrokerMessage, BrokerPort, OutgoingMessage } from './broker/broker-port.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** A broker that keeps what is published, and hands replies to the consumers at once. */
export interface RecordingBroker extends BrokerPort {
  readonly published: OutgoingMessage[];
  /** The body of the n-th message, from 0; negative from the end. */
  bodyAt(index: number): JsonObject;
  /** Replies to the n-th message. */
  reply(index: number, body: JsonValue | string, headers?: Readonly<Record<string, string>>): void;
  /** Delivers any message to the consumers of its queue. */
  deliver(message: BrokerMessage): void;
  /** Makes the next publish fail. */
  failNext(error: Error): void;
}

export function createRecordingBroker(): RecordingBroker {
  const published: OutgoingMessage[] = [];
  const consumers = new Map<string, (message: BrokerMessage) => void>();
  let failure: Error | null = null;
  let replyCount = 0;

  function messageAt(index: number): OutgoingMessage {
    const message = published.at(index);
    if (message === undefined) throw new Error(`only ${published.length} messages were published, there is none at ${index}`);
    return message;
  }

  function deliver(message: BrokerMessage): void {
    const consumer = consumers.get(message.destination);
    if (consumer === undefined) throw new Error(`nobody consumes ${message.destination}`);
    consumer(message);
  }

  return {
    published,
    deliver,
    async publish(message) {
      if (failure !== null) {
        const thrown = failure;
        failure = null;
        throw thrown;
      }
      published.push(message);
    },
    async consume(destination, onMessage) {
      consumers.set(destination, onMessage);
      return {
        async close() {
          consumers.delete(destination);
        },
      };
    },
    bodyAt(index) {
      const body: unknown = JSON.parse(new TextDecoder().decode(messageAt(index).body));
      if (!isJsonObject(body)) throw new Error('the body of an action message is an object');
      return body;
    },
    reply(index, body, headers = {}) {
      const { headers: sent } = messageAt(index);
      replyCount += 1;
      deliver({
        destination: (sent['reply-to'] ?? '').replace('/queue/', ''),
        messageId: `reply-${replyCount}`,
        headers: { 'correlation-id': sent['correlation-id'] ?? '', ...headers },
        body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
      });
    },
    failNext(error) {
      failure = error;
    },
    async close() {
      consumers.clear();
    },
  };
}
