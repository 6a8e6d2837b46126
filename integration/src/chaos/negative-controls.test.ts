import type { EngineHost } from '@wirebook/server';
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

  /** One call whose connection is cut while its note is being written; tells how many notes there are when it is answered. */
  async function countNotes(title: string, isLedgerConsulted: boolean) {
    const { platform } = setting;
    const { simulator } = platform;
    const network = await openProxy();
    proxy = network;
    const editor = createRestEditor(simulator);
    try {
      const incident = await editor.findIncidentId();
      host = await startInProcess(platform, { flows: [reportFlow(incident)], brokerPort: network.port, wrap: { isLedgerConsulted } });
      simulator.faults.addRestFault({ kind: 'delay', delayMs: noteDelayMs, method: 'POST', path: '*/comments', count: 10 });
      const isWriting = () => host !== undefined && host.getStatus().runsActive > 0;
      const id = await simulator.invocations.fire({ function: 'triage_report', inputs: { report_title: title } });
      await waitFor('the run', isWriting);
      await waitFor('the status of the run', () => simulator.invocations.find(id)?.replies.length === 1);
      network.cut();
      await waitForEnd(simulator, id);
      await waitFor('the end of all runs', () => !isWriting());
      const notes = JSON.stringify(await editor.readList(`/incidents/${incident}/comments`));
      // Its statuses would not tell the runs: one whose receipt the cut took is sent again by the same run.
      return notes.split(title).length - 1;
    } finally {
      await editor.close();
    }
  }

  test('[engine L2] a message that is delivered again while it runs is run once', async () => {
    expect(await countNotes('Written once.', true)).toBe(1);
  });

  test('[engine L9] without the look-up in the ledger it is run twice', async () => {
    expect(await countNotes('Written twice.', false)).toBe(2);
  });
});
