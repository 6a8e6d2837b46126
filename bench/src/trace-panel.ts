/**
 * How the live runs below a flow bear a steady load: frames of the browser, memory of browser, server and engine, what was dropped.
 * Everything runs on one machine, so the simulated platform and the browser share the cores with the product. The baseline is the same
 * page without load, in the same run. `--rate N --seconds S` change the load.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from '@playwright/test';

const { values } = parseArgs({ options: { rate: { type: 'string', default: '500' }, seconds: { type: 'string', default: '60' } } });
const perSecond = Number(values.rate);
const seconds = Number(values.seconds);
const ticksPerSecond = 10;
const idleSeconds = 10;
const settleMs = 3000;
const megabyte = 1_048_576;
const rootDir = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'wirebook-trace-bench-'));

interface Sample {
  readonly frameP50: number;
  readonly frameP95: number;
  readonly frameMax: number;
  readonly heapMb: number;
}

const product = spawn(process.execPath, [join(rootDir, 'server/bin/wirebook.js'), 'start', '--port', '0', '--data', dataDir, '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ready = await readReady();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ],
});
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(ready.signInLink);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.goto(`${ready.url}/flows/lookup-model`);
  await page.getByRole('tab', { name: 'Runs' }).waitFor();
  await page.waitForTimeout(settleMs);
  const idle = await measure(page, devtools, idleSeconds, () => Promise.resolve());
  const memoryBefore = readMemory();
  const startedAt = performance.now();
  const loaded = await measure(page, devtools, seconds, fire);
  const elapsed = (performance.now() - startedAt) / 1000;
  const done = await countDone();
  await page.waitForTimeout(settleMs);
  print({ idle, loaded, memoryBefore, memoryAfter: readMemory(), perSecondDone: done / elapsed, note: await readDroppedNote(page) });
} finally {
  await browser.close();
  product.kill('SIGTERM');
  await new Promise((resolve) => product.once('close', resolve));
  rmSync(dataDir, { recursive: true, force: true });
}

async function readReady(): Promise<{ url: string; signInLink: string; controlUrl: string }> {
  for await (const line of createInterface({ input: product.stdout })) if (line.startsWith('{"ready"')) return JSON.parse(line);
  throw new Error('the product ended before it was ready');
}

/** Frames for so many seconds, with a load ten times a second. */
async function measure(page: Page, devtools: CDPSession, forSeconds: number, load: () => Promise<void>): Promise<Sample> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const take = (at: number) => {
      frames.push(at - last);
      last = at;
      requestAnimationFrame(take);
    };
    requestAnimationFrame(take);
    Object.assign(window, { frames });
  });
  const untilMs = performance.now() + forSeconds * 1000;
  let sent = 0;
  const begunAt = performance.now();
  while (performance.now() < untilMs) {
    // What the machine could not fire in time is not caught up on: the rate that came about is printed.
    await load();
    sent += 1;
    const nextAt = begunAt + (sent * 1000) / ticksPerSecond;
    const waitMs = nextAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
  const { metrics } = await devtools.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  frames.sort((left, right) => left - right);
  const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))] ?? 0;
  return { frameP50: at(0.5), frameP95: at(0.95), frameMax: at(1), heapMb: heap / megabyte };
}

async function fire(): Promise<void> {
  await fetch(`${ready.controlUrl}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ function: 'lookup_model_by_id', inputs: { model_id: 'PX-100' }, count: Math.round(perSecond / ticksPerSecond) }),
  });
}

async function countDone(): Promise<number> {
  const answer = await fetch(`${ready.controlUrl}/invocations?limit=1`);
  const { summary } = (await answer.json()) as { summary: { byStatus: Record<string, number> } };
  return summary.byStatus.Complete ?? 0;
}

/** Resident memory of the server with the simulated platform in it, and of the engine, in MB. */
function readMemory(): { server: number; engine: number } {
  const server = product.pid ?? 0;
  const children = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').trim().split(' ').map(Number);
  return { server: residentMb(server), engine: Math.max(...children.map(residentMb)) };
}

function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

async function readDroppedNote(page: Page): Promise<string> {
  const note = page.getByText(/came faster than this list shows/).first();
  return (await note.count()) === 0 ? 'nothing was dropped' : ((await note.textContent()) ?? '');
}

function print(result: {
  idle: Sample;
  loaded: Sample;
  memoryBefore: { server: number; engine: number };
  memoryAfter: { server: number; engine: number };
  perSecondDone: number;
  note: string;
}): void {
  const { idle, loaded, memoryBefore, memoryAfter } = result;
  const row = (name: string, sample: Sample) =>
    `| ${name} | ${sample.frameP50.toFixed(1)} | ${sample.frameP95.toFixed(1)} | ${(sample.frameP95 / idle.frameP95).toFixed(2)} | ${sample.frameMax.toFixed(0)} | ${sample.heapMb.toFixed(0)} |`;
  console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.version}; ${perSecond}/s asked for ${seconds} s`);
  console.log('| live runs | frame p50 ms | frame p95 ms | ratio | longest ms | browser heap MB |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  console.log(row('without load', idle));
  console.log(row(`${result.perSecondDone.toFixed(0)} actions/s completed`, loaded));
  console.log(
    `server ${memoryBefore.server.toFixed(0)} -> ${memoryAfter.server.toFixed(0)} MB, engine ${memoryBefore.engine.toFixed(0)} -> ${memoryAfter.engine.toFixed(0)} MB`,
  );
  console.log(`in the panel: ${result.note}`);
}
