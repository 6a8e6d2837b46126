import type { FlowDocumentInput } from '@wirebook/flow';
import { parseFlow } from '@wirebook/flow';
import type { EngineHost } from '@wirebook/server';
import { afterEach, expect, test } from 'vitest';
import { describeOnBrokers } from '../harness/describe-on-brokers.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { waitFor } from '../harness/wait-for.ts';
import { startInProcess } from './engine-in-process.ts';
import { readLeftovers } from './queue-leftovers.ts';

const callCount = 1000;
const deployCount = 20;
const queue = 'actions.201.fn_models';

/** The same flow in two versions that tell themselves apart. */
function version(name: 'A' | 'B'): FlowDocumentInput {
  return chainFlow({
    id: 'deployed',
    nodes: [
      functionSource(),
      {
        id: 'work',
        type: 'script.javascript',
        config: { source: 'let sum = 0; for (let n = 0; n < 20000; n += 1) sum += n; return message;' },
      },
      { id: 'result', type: 'soar.result', config: { results: { $expr: `"${name}"` }, envelope: 'none' } },
    ],
  });
}

describeOnBrokers('deploys in the middle of messages', (setting) => {
  let host: EngineHost | undefined;

  afterEach(async () => {
    await host?.close({ drainMs: 0 });
    host = undefined;
  });

  test(`[engine F12] ${deployCount} deploys of version A, B, A … in the middle of ${callCount} messages: each runs exactly once, on the one or the other`, async () => {
    const { platform } = setting;
    const { simulator } = platform;
    const attempts = new Map<string, number>();
    const engine = await startInProcess(platform, {
      flows: [version('A')],
      brokerPort: simulator.stompPort,
      wrap: {
        trace: (sink) => ({
          append: (part) => {
            const begun = part.events.filter(({ type }) => type === 'attempt.started').length;
            attempts.set(part.head.runId, (attempts.get(part.head.runId) ?? 0) + begun);
            return sink.append(part);
          },
        }),
      },
    });
    host = engine;
    const fired = Array.from({ length: callCount }, (_, index) =>
      simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: `D-${index}` } }),
    );
    const ids = await Promise.all(fired);
    const countAnswered = () => ids.filter((id) => simulator.invocations.find(id)?.status !== 'Pending').length;
    for (let deploy = 1; deploy <= deployCount; deploy += 1) {
      const wanted = Math.floor((deploy * callCount) / (deployCount + 2));
      await waitFor(`${wanted} answers`, () => countAnswered() >= wanted, { timeoutMs: 60_000 });
      await engine.deploy([parseFlow(JSON.stringify(version(deploy % 2 === 0 ? 'A' : 'B')))]);
    }
    await waitFor('all answers', () => countAnswered() === callCount, { timeoutMs: 60_000 });
    await engine.close({ drainMs: 10_000 });
    host = undefined;

    const views = ids.map((id) => simulator.invocations.find(id));
    expect(views.filter((view) => view?.status !== 'Complete' || view.completingReplies !== 1)).toEqual([]);
    const results = views.map((view) => view?.result);
    expect([results.filter((result) => result === 'A').length > 0, results.filter((result) => result === 'B').length > 0]).toEqual([
      true,
      true,
    ]);
    expect(results.filter((result) => result !== 'A' && result !== 'B')).toEqual([]);
    expect([attempts.size, [...attempts.values()].filter((count) => count !== 1)]).toEqual([callCount, []]);
    expect(await readLeftovers(platform, queue)).toEqual([]);
  }, 180_000);
});
