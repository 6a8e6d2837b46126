import { WirebookError } from '@wirebook/errors';
import type { BrokerConnection, BrokerSend } from '@wirebook/node-kit';
import type { EngineHost, EngineWrappers } from '@wirebook/server';
import { afterEach, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { waitForEnd } from '../harness/invocations.ts';
import { createRestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';
import { killBroker, startBroker } from './broker-life.ts';
import { type BrokerProxy, createBrokerProxy } from './broker-proxy.ts';
import { reportFlow } from './chaos-flows.ts';
import { startInProcess } from './engine-in-process.ts';
import { readLeftovers } from './queue-leftovers.ts';

const answerFlow = chainFlow({ id: 'answer', nodes: [functionSource(), { id: 'result', type: 'soar.result' }] });
const queue = 'actions.201.fn_models';
/** Longer than a reconnect takes, so that the message comes again while its run is writing. */
const noteDelayMs = 1500;

/** Each promise of the engine beside what happens without it: the kills of this suite do find the fault when it is there. */
describeOnBrokers('with a promise taken away', (setting) => {
  let proxy: BrokerProxy | undefined;
  let host: EngineHost | undefined;

  afterEach(async () => {
    await host?.close({ drainMs: 0 });
    await proxy?.close();
    host = undefined;
    proxy = undefined;
    await setting.platform.simulator.faults.clear();
  });

  async function openProxy(): Promise<BrokerProxy> {
    const { simulator } = setting.platform;
    return await createBrokerProxy({ host: simulator.stompHost, port: simulator.stompPort });
  }

  /**
   * One call whose reply has left the engine when the broker is killed, and was not read by it. What is fired after the
   * restart comes behind the redelivery, so when it is answered the fate of the first call is decided.
   */
  async function loseTheReply(receipts: 'asked' | 'none') {
    const { platform } = setting;
    const { simulator } = platform;
    const network = await openProxy();
    proxy = network;
    let isReplyWritten = false;
    const engine = await startInProcess(platform, {
      flows: [answerFlow],
      brokerPort: network.port,
      receipts,
      wrap: {
        broker: (broker) => ({
          ...broker,
          transact: (transaction) => {
            isReplyWritten = true;
            return broker.transact(transaction);
          },
        }),
      },
    });
    host = engine;
    network.holdWrites();
    const id = await simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'between' } });
    await waitFor('the reply on its way', () => isReplyWritten && network.heldBytes > 0);
    if (receipts === 'none') await waitFor('the engine to take the reply for delivered', () => engine.getStatus().messagesInHand === 0);
    await killBroker(platform);
    network.cut();
    await startBroker(platform);
    const later = await simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: 'after' } });
    await waitFor('the answer to the later call', () => simulator.invocations.find(later)?.status === 'Complete', { timeoutMs: 60_000 });
    return { engine, id };
  }

  test('a broker killed between reply and reading gets the reply again', async () => {
    const { id } = await loseTheReply('asked');
    const invocation = await waitForEnd(setting.platform.simulator, id);
    expect(invocation).toMatchObject({ status: 'Complete', completingReplies: 1 });
  });

  test('without receipts that reply is lost: the message is gone and nobody answered', async () => {
    const { engine, id } = await loseTheReply('none');
    await engine.close({ drainMs: 5000 });
    host = undefined;
    expect(await readLeftovers(setting.platform, queue)).toEqual([]);
    expect(setting.platform.simulator.invocations.find(id)).toMatchObject({ status: 'Pending', replies: [] });
  });

  /** The first status reaches the platform, and its receipt never the engine. */
  function withoutFirstReceipt(broker: BrokerConnection): BrokerConnection {
    let isFirst = true;
    const loseReceipt = async (message: BrokerSend) => {
      const gone = new Promise<void>((resolve) => {
        const stop = broker.onState(({ status }) => {
          if (status === 'connected') return;
          stop();
          resolve();
        });
      });
      await broker.send(message);
      await gone;
      throw new WirebookError('SOAR_BROKER_CONNECTION_LOST', 'the connection went before the receipt');
    };
    return {
      ...broker,
      send: (message) => {
        if (!isFirst) return broker.send(message);
        isFirst = false;
        return loseReceipt(message);
      },
    };
  }

  /** One call whose connection is cut while its note is being written; tells how many notes and statuses there are in the end. */
  async function countWrites(title: string, { cutBefore, ...wrap }: { cutBefore: 'receipt' | 'note' } & EngineWrappers) {
    const { platform } = setting;
    const { simulator } = platform;
    const network = await openProxy();
    proxy = network;
    const editor = createRestEditor(simulator);
    try {
      const incident = await editor.findIncidentId();
      host = await startInProcess(platform, {
        flows: [reportFlow(incident)],
        brokerPort: network.port,
        wrap: cutBefore === 'receipt' ? { ...wrap, broker: withoutFirstReceipt } : wrap,
      });
      simulator.faults.addRestFault({ kind: 'delay', delayMs: noteDelayMs, method: 'POST', path: '*/comments', count: 10 });
      const isWriting = () => host !== undefined && host.getStatus().runsActive > 0;
      const id = await simulator.invocations.fire({ function: 'triage_report', inputs: { report_title: title } });
      await waitFor('the run', isWriting);
      await waitFor('the status of the run', () => simulator.invocations.find(id)?.replies.length === 1);
      network.cut();
      const invocation = await waitForEnd(simulator, id);
      await waitFor('the end of all runs', () => !isWriting());
      const notes = JSON.stringify(await editor.readList(`/incidents/${incident}/comments`));
      return {
        notes: notes.split(title).length - 1,
        statuses: invocation.replies.filter(({ complete }) => !complete).length,
        completingReplies: simulator.invocations.find(id)?.completingReplies,
      };
    } finally {
      await editor.close();
    }
  }

  test('[engine L2] a message that is delivered again while it runs is run once', async () => {
    const { notes, statuses, completingReplies } = await countWrites('Written once.', { cutBefore: 'note' });
    expect({ notes, completingReplies }).toEqual({ notes: 1, completingReplies: 1 });
    // Whether the receipt of the status came before the cut is chance.
    expect(statuses).toBeLessThanOrEqual(2);
  });

  test('[engine L2][engine P9] cut between its status and the receipt it is run once too, and the status is sent again', async () => {
    const counts = await countWrites('Written once, told twice.', { cutBefore: 'receipt' });
    expect(counts).toEqual({ notes: 1, statuses: 2, completingReplies: 1 });
  });

  test.each(['note', 'receipt'] as const)(
    '[engine L9] without the look-up in the ledger it is run twice, cut before the %s',
    async (cutBefore) => {
      // Its statuses would not tell the runs: one whose receipt the cut took is sent again by the same run.
      expect(await countWrites(`Written twice, cut before the ${cutBefore}.`, { cutBefore, isLedgerConsulted: false })).toMatchObject({
        notes: 2,
      });
    },
  );
});
