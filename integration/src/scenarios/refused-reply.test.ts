import type { InvocationView } from '@wirebook/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeOnBrokers, type Setting } from '../harness/describe-on-brokers.ts';
import { type EngineProcess, startEngine } from '../harness/engine-process.ts';
import { readPoison } from '../harness/engine-records.ts';
import { chainFlow, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { waitFor } from '../harness/wait-for.ts';
import { addUnservedFunction, functionCall, messageHeaders, openReplyDesk, toModelQueue } from './raw-message.ts';

/** Its result is larger than the platform takes. */
const oversizeFlow = chainFlow({
  id: 'oversize',
  nodes: [
    functionSource('triage_report'),
    {
      id: 'grow',
      type: 'script.javascript',
      config: { source: 'return { text: "x".repeat(6_000_000) };', timeoutMs: 20_000 },
    },
    { id: 'result', type: 'soar.result' },
  ],
});

const flows = [sampleFlow('lookup-model'), oversizeFlow];

describeOnBrokers('a reply that cannot be delivered', (setting) => {
  beforeAll(() => addUnservedFunction(setting.platform.simulator));
  describe.each(['transaction', 'reply-then-settle'] as const)('under %s', (policy) => describeUndeliverable(setting, policy));
});

function describeUndeliverable(setting: Setting, policy: 'transaction' | 'reply-then-settle'): void {
  let engine: EngineProcess;

  beforeAll(async () => {
    engine = await startEngine({ platform: setting.platform, flows, policy });
  });
  afterAll(async () => {
    await engine?.stop();
  });

  function lookUp(model: string) {
    return fireAndWait(setting.platform.simulator, { function: 'lookup_model_by_id', inputs: { model_id: model } });
  }

  test('[engine C4] because its queue is not allowed lies in the poison tray with its bytes, the message is settled, others are answered', async () => {
    const { simulator } = setting.platform;
    const desk = await openReplyDesk(simulator);
    const forbidden = '/queue/actions.202.not_ours';
    const headers = messageHeaders(desk.correlationId, { 'reply-to': forbidden });
    const good: Promise<InvocationView>[] = [];
    for (let round = 0; round < 5; round += 1) {
      good.push(lookUp('before'), lookUp('beside'));
      await simulator.publish(toModelQueue(headers, functionCall({ model_id: 'secret place' })));
    }
    const answered = await Promise.all(good);
    expect(answered.map(({ status, completingReplies }) => ({ status, completingReplies }))).toEqual(
      answered.map(() => ({ status: 'Complete', completingReplies: 1 })),
    );
    await waitFor('the poison tray', () => readPoison(engine.dataDir).length === 5);
    const [poison] = readPoison(engine.dataDir);
    expect(poison).toMatchObject({
      code: 'ENGINE_REPLY_REFUSED',
      key: { destination: 'actions.201.fn_models' },
      savedReply: { destination: forbidden },
    });
    expect(JSON.parse(poison?.savedReply?.body ?? '')).toMatchObject({ complete: true, results: { inputs: { model_id: 'secret place' } } });
    expect(desk.view().replies).toEqual([]);
    expect((await lookUp('after')).status).toBe('Complete');
    expect(engine.stderrLines.some((line) => line.includes('ENGINE_REPLY_REFUSED'))).toBe(true);
    await expectNothingLeft();
  });

  test('[engine P5] because it is over 5 MB becomes an error reply that says so, and the message lies in the poison tray', async () => {
    const { simulator } = setting.platform;
    const invocation = await fireAndWait(simulator, { function: 'triage_report', inputs: { report_title: 'Long' } });
    expect(invocation).toMatchObject({ status: 'Error', completingReplies: 1 });
    expect(invocation.information).toMatch(/the reply has 60\d+ bytes, the limit is \d+ \(ENGINE_REPLY_TOO_LARGE: [a-z ]+\)$/);
    const poison = await waitFor('the poison tray', () => readPoison(engine.dataDir).find(({ code }) => code === 'ENGINE_REPLY_TOO_LARGE'));
    expect(JSON.parse(Buffer.from(poison.raw.body).toString())).toMatchObject({ function: { name: 'triage_report' } });
    expect((await lookUp('after')).status).toBe('Complete');
    await expectNothingLeft();
  });

  /** A second engine on the same data would get what the first has not settled. */
  async function expectNothingLeft(): Promise<void> {
    const { dataDir } = engine;
    const poisonCount = readPoison(dataDir).length;
    await engine.stop();
    engine = await startEngine({ platform: setting.platform, flows, policy, dataDir });
    expect((await lookUp('later')).status).toBe('Complete');
    expect(engine.stderrLines.filter((line) => line.includes('redelivered'))).toEqual([]);
    expect(readPoison(dataDir).length).toBe(poisonCount);
  }
}
