import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EngineProcess, spawnEngine } from '../harness/engine-process.ts';
import { readPoison } from '../harness/engine-records.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';

let platform: Platform;
let preload: string;

/** A call of REST whose address holds the word ends the process as a failed assertion of V8 does: nothing can be put on record. */
const abortNatively = `
import { subscribe } from 'node:diagnostics_channel';
subscribe('undici:request:create', ({ request }) => {
  if (String(request.path).includes('end-natively')) process.abort();
});`;

const callFlow = chainFlow({
  id: 'call',
  nodes: [
    functionSource(),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents', query: { why: { $expr: '$inputs.model_id' } } } },
    { id: 'result', type: 'soar.result', config: { results: { $expr: '$inputs.model_id' }, envelope: 'none' } },
  ],
});

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
  preload = join(platform.folder, 'abort-natively.mjs');
  writeFileSync(preload, abortNatively);
});
afterAll(async () => {
  await platform?.close();
});

const call = (model: string) => platform.simulator.invocations.fire({ function: 'lookup_model_by_id', inputs: { model_id: model } });

/** Starts the engine until it lives, as a service manager does, which tells it `lastEnd` of the process before when it supervises. */
async function restartUntilItLives(lastEnd: string | undefined): Promise<{ readonly engine: EngineProcess; readonly ends: number }> {
  let dataDir: string | undefined;
  for (let ends = 0; ends < 10; ends += 1) {
    const engine = spawnEngine({
      platform,
      flows: [callFlow],
      dataDir,
      environment: {
        NODE_OPTIONS: `--import=${preload}`,
        ...(lastEnd === undefined || ends === 0 ? {} : { WIREBOOK_LAST_END: lastEnd }),
      },
    });
    dataDir = engine.dataDir;
    const end = await Promise.race([engine.ended, engine.ready.then(() => Promise.race([engine.ended, platformIsQuiet()]))]);
    if (end === undefined) return { engine, ends };
    expect(end).toEqual({ exitCode: null, signal: 'SIGABRT' });
  }
  throw new Error('the engine ends for ever');
}

/** Resolves when every call is answered. */
async function platformIsQuiet(): Promise<undefined> {
  while (platform.simulator.invocations.list().some(({ status }) => status === 'Pending')) await delay(50);
}

async function endNatively(lastEnd: string | undefined): Promise<number> {
  const innocents = await Promise.all(['a', 'b', 'c'].map(call));
  const guilty = await call('end-natively');
  const { engine, ends } = await restartUntilItLives(lastEnd);
  expect(platform.simulator.invocations.find(guilty)).toMatchObject({ status: 'Error', completingReplies: 1 });
  for (const id of innocents) {
    expect(platform.simulator.invocations.find(id)).toMatchObject({ status: 'Complete', completingReplies: 1 });
  }
  await waitFor('the poison tray', () => readPoison(engine.dataDir).length === 1);
  const [poison] = readPoison(engine.dataDir);
  expect(poison?.code).toBe('ENGINE_MESSAGE_POISON');
  expect(Buffer.from(poison?.raw.body ?? []).toString()).toContain('end-natively');
  await engine.stop();
  return ends;
}

test('[engine L10] a message that aborts the process natively is in the poison tray after at most five starts, the others are answered', async () => {
  const ends = await endNatively(undefined);
  expect(ends).toBeGreaterThanOrEqual(3);
  expect(ends).toBeLessThanOrEqual(5);
});

test('[engine L11] under a supervisor it is there after three', async () => {
  expect(await endNatively('SIGABRT')).toBe(3);
});
