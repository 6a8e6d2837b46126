import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '../harness/engine-process.ts';
import { readPoison } from '../harness/engine-records.ts';
import { sampleFlow } from '../harness/flow-chain.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';
import { messageHeaders, toModelQueue } from './raw-message.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterAll(async () => {
  await platform?.close();
});

test('[store L21] over poison_max_messages the oldest message leaves the tray, and the log warns how many went', async () => {
  const engine = await startEngine({
    platform,
    flows: [sampleFlow('lookup-model')],
    config: { wirebook: { poison_max_messages: '2' } },
  });
  for (const body of ['one', 'two', 'three']) {
    await platform.simulator.publish(toModelQueue(messageHeaders(`nobody:${body}`), `{"this is ${body}`));
    await waitFor(body, () => readPoison(engine.dataDir).some((message) => Buffer.from(message.raw.body).toString().includes(body)));
  }
  expect(readPoison(engine.dataDir).map((message) => Buffer.from(message.raw.body).toString())).toEqual([
    '{"this is two',
    '{"this is three',
  ]);
  const warning = await waitFor('the warning', () => engine.stderrLines.find((line) => line.includes('the poison tray is full')));
  expect(JSON.parse(warning)).toMatchObject({ level: 40, count: 1, totalCount: 1 });
  await engine.stop();
});
