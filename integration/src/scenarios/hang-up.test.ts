import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appConfigText } from '../harness/app-config-text.ts';
import { waitForEnd } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestProxy, type RestProxy } from '../harness/rest-proxy.ts';
import { slowCall, slowFlow } from '../harness/slow-call.ts';
import { waitFor } from '../harness/wait-for.ts';

const command = fileURLToPath(new URL('../../../server/bin/wirebook.js', import.meta.url));
let platform: Platform;
let proxy: RestProxy;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
  proxy = await createRestProxy({ simulator: platform.simulator });
});
afterAll(async () => {
  await proxy?.close();
  await platform?.close();
});

test('[server S10] an engine in a terminal that is closed finishes what is in hand and ends', async () => {
  const folder = mkdtempSync(join(platform.folder, 'terminal-'));
  const configFile = join(folder, 'app.config');
  writeFileSync(
    configFile,
    appConfigText(platform.config, { resilient: { port: proxy.port, cafile: proxy.caFile, logdir: folder, logfile: 'app.log' } }),
  );
  const flowFile = join(folder, 'slow.flow.json');
  writeFileSync(flowFile, JSON.stringify(slowFlow));
  const line = ['node', command, 'run', '--config', configFile, '--data', join(folder, 'data'), '--flow', flowFile];
  // util-linux's script gives the engine a terminal that is gone with it.
  const text = `echo $$ > '${join(folder, 'pid')}'; exec ${line.map((word) => `'${word}'`).join(' ')}`;
  const terminal = spawn('script', ['-q', '-c', text, '/dev/null'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  terminal.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  await waitFor('the engine', () => /^ready/m.test(output), { timeoutMs: 30_000 });
  proxy.hold('GET', /\/incidents$/);
  const id = await platform.simulator.invocations.fire(slowCall('held'));
  const held = await proxy.nextHeld();
  terminal.kill('SIGKILL');
  const readLog = () => readFileSync(join(folder, 'app.log'), 'utf8');
  await waitFor('the count', () => readLog().includes('draining: 1 messages in hand'));
  held.release();
  expect(await waitForEnd(platform.simulator, id)).toMatchObject({ status: 'Complete', result: 'held' });
  const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
  await waitFor('its end', () => !existsSync(`/proc/${pid}`));
});
