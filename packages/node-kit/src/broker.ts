/** One delivery of a message. The same message may be delivered several times under its `messageId`, once at a time on a subscription. */
export interface BrokerDelivery {
  /** Counts the connections; an ACK is worth something only on the connection and subscription that delivered. */
  readonly session: number;
  readonly subscriptionId: string;
  /** Without `/queue/`, e.g. `actions.201.fn_main`. */
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Raw bytes of the body; empty when `oversizeBytes` is set. */
  readonly body: Uint8Array;
  /** Size of a message whose body or headers were over the limit; neither the body nor all headers were kept then. */
  readonly oversizeBytes?: number | undefined;
}

export interface BrokerSend {
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text. */
  readonly body: string;
}

export interface BrokerTransaction {
  readonly sends: readonly BrokerSend[];
  /** Deliveries to settle with them. */
  readonly settles: readonly BrokerDelivery[];
}

export type ConnectionStatus = 'connecting' | 'connected' | 'disconnected' | 'closed';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Why it is not connected, when it is not. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly session: number;
}

export interface SubscribeOptions {
  readonly destination: string;
  /** Messages in flight a subscription; fixed for its life. */
  readonly prefetch: number;
  /** Parallel subscriptions; capacity is prefetch times this. */
  readonly subscriptionCount: number;
  readonly exclusive: boolean;
  readonly onDelivery: (delivery: BrokerDelivery) => void;
}

export interface BrokerSubscription {
  readonly destination: string;
  /** The session in which the broker confirmed it and it is open; null while it is not. */
  readonly openIn: number | null;
  /** UNSUBSCRIBE: what is in flight is delivered again to others. */
  close(): Promise<void>;
}

/**
 * The platform's broker, as the engine holds it. It reconnects for ever and subscribes again by itself.
 *
 * Rejections: SOAR_BROKER_CONNECTION_LOST when it is not known whether the broker took the frames; SOAR_TRANSACTION_REFUSED or
 * SOAR_BROKER_NOT_AUTHORIZED when the broker said no.
 */
export interface BrokerConnection {
  /** Resolves when connected for the first time; rejects for reasons that waiting does not cure (login, TLS) when `failFast` was chosen. */
  connect(): Promise<void>;
  /** Resolves when the broker confirmed every subscription. */
  subscribe(options: SubscribeOptions): Promise<BrokerSubscription>;
  /** BEGIN, SENDs, ACKs, COMMIT; resolves with the receipt of the COMMIT. */
  transact(transaction: BrokerTransaction): Promise<void>;
  /** SEND with a receipt. */
  send(send: BrokerSend): Promise<void>;
  /** ACKs without a receipt, in order. */
  settle(deliveries: readonly BrokerDelivery[]): Promise<void>;
  /** Whether an ACK of this delivery would still count. */
  canSettle(delivery: BrokerDelivery): boolean;
  getState(): ConnectionState;
  /** Returns the function that ends the listening. */
  onState(listener: (state: ConnectionState) => void): () => void;
  close(): Promise<void>;
}
