import type { BrokerConnection, Clock, ConnectionState } from '@wirebook/node-kit';
import { type BrokerStandIn, type BrokerStandInOptions, createBrokerStandIn } from './broker.stand-in.ts';
import { createBrokerConnection } from './broker-connection.ts';
import type { BrokerConnectionOptions } from './broker-connection-options.ts';

export interface TestConnection<TestClock extends Clock> {
  readonly broker: BrokerStandIn;
  readonly connection: BrokerConnection;
  readonly clock: TestClock;
  readonly log: string[];
  readonly states: ConnectionState[];
}

export interface TestSurroundings<TestClock extends Clock> {
  readonly clock: TestClock;
  /** Vitest's `onTestFinished`, or whatever calls back at the end. */
  readonly atEnd: (callback: () => Promise<void>) => void;
}

/** A connection, not yet opened, to a stand-in of a broker; both end when `atEnd` says so. */
export async function createTestConnection<TestClock extends Clock>(
  { clock, atEnd }: TestSurroundings<TestClock>,
  options: Partial<BrokerConnectionOptions> = {},
  brokerOptions: BrokerStandInOptions = {},
): Promise<TestConnection<TestClock>> {
  const broker = await createBrokerStandIn(brokerOptions);
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
