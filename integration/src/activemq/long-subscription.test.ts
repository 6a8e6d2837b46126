import { createSystemClock } from '@wirebook/engine';
import type { BrokerDelivery } from '@wirebook/node-kit';
import { createBrokerConnection } from '@wirebook/soar-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActiveMq, createActiveMq } from './activemq.ts';
import { everyQueue } from './broker-config.ts';
import { mayLeaveOutActiveMq } from './find-activemq.ts';
import { openStompWire, type StompWire } from './stomp-wire.ts';

const messageCount = 5000;
const bodyBytes = 32_000;
/** Below what the bodies take together. */
const heapMb = 128;
const atOnce = 50;

describe.skipIf(mayLeaveOutActiveMq(process.env))('a subscription that stands for long', () => {
  let broker: ActiveMq;
  let platform: StompWire;

  beforeAll(async () => {
    broker = await createActiveMq({ users: [{ name: 'u', password: 'p', rights: everyQueue }], heapMb });
    platform = await openStompWire({ host: broker.host, port: broker.plainPort, user: 'u', password: 'p' });
  });
  afterAll(async () => {
    platform?.close();
    await broker?.close();
  });

  test('[soar-client S35] a broker passes far more messages through transactions than its memory would hold', async () => {
    const connection = createBrokerConnection({
      host: broker.host,
      port: broker.tlsPort,
      tls: { caPem: broker.caPem, verify: true },
      login: 'u',
      passcode: 'p',
      connectTimeoutMs: 10_000,
      heartbeatOutgoingMs: 0,
      heartbeatIncomingMs: 0,
      maxMessageBytes: 1_000_000,
      clock: createSystemClock(),
      random: () => 0.5,
      log: { info: () => undefined, warn: () => undefined },
    });
    await connection.connect();
    const body = 'x'.repeat(bodyBytes);
    let [published, settled] = [0, 0];
    let tellEnd: () => void = () => undefined;
    let fail: (reason: unknown) => void = () => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      tellEnd = resolve;
      fail = reject;
    });
    const publish = () => {
      for (; published < messageCount && published - settled < atOnce; published += 1) {
        platform.write('SEND', { destination: '/queue/in', persistent: 'true', 'content-length': String(bodyBytes) }, body);
      }
    };
    const onDelivery = (delivery: BrokerDelivery) => {
      connection.transact({ sends: [{ destination: '/queue/out', headers: {}, body: 'done' }], settles: [delivery] }).then(() => {
        settled += 1;
        publish();
        if (settled === messageCount) tellEnd();
      }, fail);
    };
    await connection.subscribe({ destination: '/queue/in', prefetch: atOnce, subscriptionCount: 1, exclusive: true, onDelivery });
    publish();
    await ended;
    expect(connection.getState()).toMatchObject({ status: 'connected', session: 1 });
    await connection.close();
  });
});
