import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine } from '../harness/engine-process.ts';
import { findFinishedRun } from '../harness/engine-records.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { waitFor } from '../harness/wait-for.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterAll(async () => {
  await platform?.close();
});

test('secrets and variables that a flow reads stand neither in the trace file nor in the log at DEBUG', async () => {
  const fromSecret = 'value-of-the-secret';
  const fromVariable = 'value-of-the-variable';
  const fields = { a: { $secret: 'tell' }, b: { $env: 'TOLD_VALUE' } };
  const engine = await startEngine({
    platform,
    flows: [
      chainFlow({
        id: 'tell',
        nodes: [
          functionSource(),
          { id: 'one', type: 'soar.status', config: { text: fields.a } },
          { id: 'two', type: 'soar.status', config: { text: fields.b } },
          { id: 'result', type: 'soar.result' },
        ],
      }),
    ],
    logLevel: 'DEBUG',
    environment: { WIREBOOK_SECRET_TELL: fromSecret, TOLD_VALUE: fromVariable },
  });
  const invocation = await fireAndWait(platform.simulator, { function: 'lookup_model_by_id', inputs: { model_id: '198.51.100.23' } });
  expect(invocation.replies.map(({ message }) => message)).toEqual([fromSecret, fromVariable, 'Completed']);
  const run = await waitFor('the run in the trace', () => findFinishedRun(engine.dataDir, invocation.id));
  await engine.stop();
  expect(JSON.stringify(run.events).match(/‹redacted:/g)).toHaveLength(2);
  const log = engine.stderrLines.join('\n');
  expect(log).toContain('‹redacted:');
  const traceFiles = readdirSync(engine.dataDir).filter((name) => name.startsWith('trace.db'));
  expect(traceFiles).not.toEqual([]);
  const traces = traceFiles.map((name) => readFileSync(join(engine.dataDir, name)).toString('latin1')).join('\n');
  for (const secret of [fromSecret, fromVariable]) {
    expect(log).not.toContain(secret);
    expect(traces).not.toContain(secret);
  }
});
