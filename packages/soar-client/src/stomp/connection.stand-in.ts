import type { BrokerConnection, ConnectionState } from '@wirebook/node-kit';
import { createFakeClock, type FakeClock } from '@wirebook/testkit';
import { type BrokerStandIn, type BrokerStandInOptions, createBrokerStandIn } from './broker.stand-in.ts';
import { createBrokerConnection } from './broker-connection.ts';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';

export interface TestConnection {
  readonly broker: BrokerStandIn;
  readonly connection: BrokerConnection;
  readonly clock: FakeClock;
  readonly log: string[];
  readonly states: ConnectionState[];
}

/** Vitest's `onTestFinished`, or whatever calls back at the end. */
type AtEnd = (callback: () => Promise<void>) => void;

/** A connection, not yet opened, to a stand-in of a broker; both end when `atEnd` says so. */
export async function createTestConnection(
  atEnd: AtEnd,
  options: Partial<BrokerConnectionOptions> = {},
  brokerOptions: BrokerStandInOptions = {},
): Promise<TestConnection> {
  const broker = await createBrokerStandIn(brokerOptions);
  const clock = createFakeClock();
  const log: string[] = [];
  const states: ConnectionState[] = [];
  const connection = createBrokerConnection({
    host: '127.0.0.1',
    port: broker.port,
    tls: undefined,
    login: 'key-id',
    passcode: 'key-secret',
    connectTimeoutMs: 5000,
    heartbeatOutgoingMs: 0,
    heartbeatIncomingMs: 0,
    maxMessageBytes: 10_000_000,
    clock,
    random: () => 0.5,
    log: { info: (text) => log.push(text), warn: (text) => log.push(text) },
    ...options,
  });
  connection.onState((state) => states.push(state));
  atEnd(async () => {
    await broker.close();
    await connection.close();
  });
  return { broker, connection, clock, log, states };
}
