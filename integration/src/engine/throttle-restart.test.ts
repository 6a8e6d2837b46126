import { expect, onTestFinished, test } from 'vitest';
import { type EngineUnderTestOptions, startEngine } from './engine-under-test.ts';
import { flowOf } from './source-flow.ts';

async function start(options: EngineUnderTestOptions) {
  const engine = await startEngine(options);
  onTestFinished(() => engine.close());
  return engine;
}

test('[engine W10] a throttle waits for the rest of its time after a kill', async () => {
  const flow = flowOf({ wait: 'throttle', waitMs: 60_000, waitKey: '"all"' }, {}, ['test.pass'], ['test.complete']);
  const first = await start({ flows: [flow] });
  first.call('1', { id: 1 });
  await first.until(() => first.broker.settledIds.length === 1);
  await first.clock.advance(0);
  await first.until(() => first.completions('1').length === 1);
  const second = await start({ flows: [flow], remains: first.kill() });
  second.call('2', { id: 2 });
  await second.until(() => second.broker.settledIds.length === 1);
  await second.clock.advance(59_999);
  expect(second.completions('2')).toEqual([]);
  await second.clock.advance(1);
  await second.until(() => second.completions('2').length === 1);
});
