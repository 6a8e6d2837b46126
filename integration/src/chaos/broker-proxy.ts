import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface BrokerProxyOptions {
  readonly host: string;
  readonly port: number;
}

export type Outage = 'refused' | 'silent';

/** A network between engine and broker that the test holds. It carries bytes; TLS goes through it end to end. */
export interface BrokerProxy {
  readonly port: number;
  /** From now on nothing that the engine writes reaches the broker; what the broker sends still arrives. */
  holdWrites(): void;
  /** Bytes that were held back. */
  readonly heldBytes: number;
  /** Ends all connections; what was held back is gone. New connections pass freely. */
  cut(): void;
  /**
   * The network goes. `refused`: connections end, and new ones are refused. `silent`: nothing passes in either direction, and nobody is told.
   */
  takeAway(how: Outage): void;
  /** The network comes back: what was open ends, new connections pass freely. */
  giveBack(): void;
  close(): Promise<void>;
}

export async function createBrokerProxy({ host, port }: BrokerProxyOptions): Promise<BrokerProxy> {
  const sockets = new Set<Socket>();
  let isHolding = false;
  let heldBytes = 0;
  let outage: Outage | null = null;

  function join(engine: Socket): void {
    if (outage === 'refused') {
      engine.destroy();
      return;
    }
    const broker = connect({ host, port });
    const pair = [engine, broker];
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // What goes wrong on one side shows on the other as the end of the connection.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        for (const each of pair) each.destroy();
      });
    }
    engine.on('data', (bytes: Buffer) => {
      if (isHolding) heldBytes += bytes.length;
      else if (outage === null) broker.write(bytes);
    });
    broker.on('data', (bytes: Buffer) => {
      if (outage === null) engine.write(bytes);
    });
  }

  function cut(): void {
    isHolding = false;
    heldBytes = 0;
    for (const socket of [...sockets]) socket.destroy();
  }

  const server = createServer(join);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    holdWrites() {
      isHolding = true;
    },
    get heldBytes() {
      return heldBytes;
    },
    cut,
    takeAway(how) {
      outage = how;
      if (how === 'refused') cut();
    },
    giveBack() {
      outage = null;
      cut();
    },
    async close() {
      cut();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
