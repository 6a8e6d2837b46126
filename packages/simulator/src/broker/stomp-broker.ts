import { WirebookError } from '@wirebook/errors';
import type { CertificateKind, IssuedCertificate } from '../certificates/certificate-kind.ts';
import type { Clock } from '../clock.ts';
import { type BrokerFaults, createBrokerFaults, createFaultState, takeFault } from './broker-faults.ts';
import type { BrokerConsumer, BrokerMessage, BrokerPort, OutgoingMessage } from './broker-port.ts';
import { type ConnectionRecord, createConnectionLog } from './connection-record.ts';
import { defaultFrameLimits } from './frame-parser.ts';
import type { Delivery, QueueConsumer, QueueState } from './message-queue.ts';
import { createQueueBoard } from './queue-board.ts';
import { describeMessage } from './queued-message.ts';
import { createHeaders } from './stomp-frame.ts';
import { createStompListener } from './stomp-listener.ts';
import { openStompSession, type StompSession } from './stomp-session.ts';

/** Who logged in; the simulator adds what it needs to decide on rights. */
export interface BrokerPrincipal {
  readonly name: string;
}

export interface BrokerAccess<Principal extends BrokerPrincipal> {
  readonly principal: Principal;
  /** Queue name without the `/queue/` prefix; in a subscription it may hold the wildcards `*` and `>`. */
  readonly destination: string;
  readonly access: 'read' | 'write';
}

export interface StompBrokerOptions<Principal extends BrokerPrincipal> {
  /** 0 for a free one; a broker that starts again keeps it. */
  readonly port: number;
  readonly host?: string | undefined;
  readonly clock: Clock;
  /** Part of every session, message and ack id; another one at each start of the process. */
  readonly bootId: string;
  /** Where server certificates come from; without it the broker speaks plain TCP. */
  readonly certificates?: { issue(kind: CertificateKind): Promise<IssuedCertificate> } | undefined;
  readonly authenticate: (login: string, passcode: string) => Principal | undefined;
  readonly authorize: (request: BrokerAccess<Principal>) => boolean;
  /** Largest frame that is taken, headers and body; 100 MB unless given. */
  readonly maxFrameBytes?: number | undefined;
  /** Open messages of a subscription that names no `activemq.prefetchSize`; 1,000 unless given. */
  readonly defaultPrefetch?: number | undefined;
  /** How long a connection may stay without CONNECT; 30 s unless given. */
  readonly loginTimeoutMs?: number | undefined;
  /** Hears what a handler of `consume` threw; its message stays unsettled. */
  readonly onProblem: (error: WirebookError) => void;
}

/** The embedded broker: queues over STOMP 1.2, and the same queues in process. */
export interface StompBroker extends BrokerPort {
  readonly host: string;
  readonly port: number;
  readonly faults: BrokerFaults;
  queueStates(): readonly QueueState[];
  /** Every connection attempt, newest last, at most the last 1,000. */
  connections(): readonly ConnectionRecord[];
  /** Shows another certificate to new connections and ends those that are open, as a restart would. */
  useCertificate(kind: CertificateKind): Promise<void>;
  /**
   * Ends as a process that is killed: connections, subscriptions, open transactions and messages that were not sent
   * as persistent are lost. `publish` waits and consumers in process rest until `start`.
   */
  kill(): Promise<void>;
  /** Listens again on the same port after `kill`. */
  start(): Promise<void>;
  /** Forgets all messages. */
  purge(): void;
}

const DEFAULT_PREFETCH = 1000;
const LOGIN_TIMEOUT_MS = 30_000;
const DEFAULT_PRIORITY = 4;

/** @throws WirebookError SIMULATOR_PORT_IN_USE. */
export async function createStompBroker<Principal extends BrokerPrincipal>(options: StompBrokerOptions<Principal>): Promise<StompBroker> {
  const { clock, bootId, certificates } = options;
  const host = options.host ?? '127.0.0.1';
  const faultState = createFaultState();
  const board = createQueueBoard({ clock, takeDuplicate: () => takeFault(faultState, 'duplicates') });
  const log = createConnectionLog();
  const sessions = new Set<StompSession>();
  let waitingForStart: { message: OutgoingMessage; resolve: () => void; reject: (error: WirebookError) => void }[] = [];
  let state: 'up' | 'down' | 'closed' = 'up';
  let publishedCount = 0;

  function login(name: string | undefined, passcode: string | undefined) {
    const principal = name === undefined || passcode === undefined ? undefined : options.authenticate(name, passcode);
    if (principal === undefined) return undefined;
    return {
      name: principal.name,
      may: (access: 'read' | 'write', destination: string) => options.authorize({ principal, destination, access }),
    };
  }

  const listener = createStompListener({
    clock,
    faults: faultState,
    log,
    isTls: certificates !== undefined,
    onConnection(socket, record) {
      const session = openStompSession({
        socket,
        clock,
        board,
        faults: faultState,
        limits: { ...defaultFrameLimits, maxFrameBytes: options.maxFrameBytes ?? defaultFrameLimits.maxFrameBytes },
        login,
        sessionId: `ID:wirebook-sim-${bootId}-${record.number}`,
        defaultPrefetch: options.defaultPrefetch ?? DEFAULT_PREFETCH,
        loginTimeoutMs: options.loginTimeoutMs ?? LOGIN_TIMEOUT_MS,
        record,
        onEnd: () => sessions.delete(session),
      });
      sessions.add(session);
    },
  });

  function cutConnections(): void {
    for (const session of [...sessions]) session.cut();
  }

  const faults = createBrokerFaults({ state: faultState, now: () => clock.now(), onCut: cutConnections, onResume: resumeIfUp });

  function resumeIfUp(): void {
    if (state === 'up') board.resume();
  }

  function closedError(): WirebookError {
    return new WirebookError('SIMULATOR_BROKER_CLOSED', 'the embedded broker is closed; open the simulator again');
  }

  function putOnQueue({ destination, headers, body }: OutgoingMessage): void {
    publishedCount += 1;
    board.send({
      destination,
      messageId: `ID:wirebook-sim-${bootId}-0:-1:1:${publishedCount}`,
      isPersistent: true,
      isText: false,
      priority: DEFAULT_PRIORITY,
      timestampMs: clock.now(),
      expiresAtMs: 0,
      headers: createHeaders(headers),
      body,
    });
  }

  function publish(message: OutgoingMessage): Promise<void> {
    if (state === 'closed') return Promise.reject(closedError());
    if (state === 'down') return new Promise((resolve, reject) => waitingForStart.push({ message, resolve, reject }));
    putOnQueue(message);
    return Promise.resolve();
  }

  async function useCertificate(kind: CertificateKind): Promise<void> {
    if (certificates === undefined) return;
    listener.showCertificate(kind, await certificates.issue(kind));
    cutConnections();
  }

  async function consume(destination: string, onMessage: (message: BrokerMessage) => void): Promise<BrokerConsumer> {
    const unsettled: Delivery[] = [];
    let isOpen = true;
    const consumer: QueueConsumer = {
      isExclusive: false,
      isRemote: false,
      hasRoom: () => isOpen,
      take(delivery) {
        try {
          onMessage(readMessage(delivery));
          board.settle(delivery);
        } catch (thrown) {
          unsettled.push(delivery);
          options.onProblem(new WirebookError('SIMULATOR_CONSUMER_FAILED', `the consumer of queue "${destination}" threw`, thrown));
        }
      },
    };
    const subscription = board.subscribe(destination, consumer, () => true);
    return {
      async close() {
        if (!isOpen) return;
        isOpen = false;
        subscription.end();
        board.giveBack(unsettled);
      },
    };
  }

  async function end(): Promise<void> {
    board.pause();
    cutConnections();
    await listener.close();
  }

  await useCertificate('valid');
  const port = await listener.listen(host, options.port);

  return {
    host,
    port,
    faults,
    publish,
    consume,
    useCertificate,
    queueStates: () => board.states(),
    connections: () => log.list(),
    purge: () => board.purge(),
    async kill() {
      if (state !== 'up') return;
      state = 'down';
      const ended = end();
      board.dropVolatile();
      await ended;
    },
    async start() {
      if (state === 'closed') throw closedError();
      if (state === 'up') return;
      await listener.listen(host, port);
      state = 'up';
      for (const { message, resolve } of waitingForStart) {
        putOnQueue(message);
        resolve();
      }
      waitingForStart = [];
      board.resume();
    },
    async close() {
      if (state === 'closed') return;
      state = 'closed';
      for (const { reject } of waitingForStart) reject(closedError());
      waitingForStart = [];
      await end();
    },
  };
}

function readMessage({ message }: Delivery): BrokerMessage {
  return {
    destination: message.destination,
    messageId: message.messageId,
    headers: { ...describeMessage(message), ...(message.isRedelivered ? { redelivered: 'true' } : {}) },
    body: message.body,
  };
}
