import { describe } from 'vitest';
import { createActiveMq } from '../activemq/activemq.ts';
import { mayLeaveOutActiveMq } from '../activemq/find-activemq.ts';
import { brokerExceptions } from './broker-exceptions.ts';
import { describeFrameTable, type FrameBroker } from './frame-table.ts';

async function openActiveMq(): Promise<FrameBroker> {
  const member = { login: 'alice', passcode: 'alicepw' };
  const stranger = { login: 'bob', passcode: 'bobpw' };
  const everything = ['read', 'write', 'create'] as const;
  const broker = await createActiveMq({
    heapMb: 256,
    users: [
      // Dead letter queues of dead letter queues are asked for in the table too.
      { name: member.login, password: member.passcode, rights: ['A.>', 'DLQ.>'].map((queue) => ({ queue, may: everything })) },
      { name: stranger.login, password: stranger.passcode, rights: [{ queue: 'B.>', may: everything }] },
    ],
  });
  return {
    host: broker.host,
    port: broker.tlsPort,
    caPem: broker.caPem,
    caFile: broker.caFile,
    member,
    stranger,
    close: () => broker.close(),
  };
}

describe.skipIf(mayLeaveOutActiveMq(process.env))('with ActiveMQ installed', () => {
  describeFrameTable('ActiveMQ', openActiveMq, brokerExceptions.activemq);
});
