import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';
import { openLedger } from './ledger.ts';

const packageFolder = join(import.meta.dirname, '..');
const startLimitMs = 30_000;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-killed-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  rmSync(folder, { recursive: true });
});

/** Runs the text in a process of its own, where `store` is this package read from its sources; gives the line it prints. */
async function runChild(body: string): Promise<{ child: ChildProcess; line: string }> {
  const program = `
    import { createViteServer } from 'vitest/node';
    const conditions = ['wirebook-source'];
    const vite = await createViteServer({
      configFile: false, root: ${JSON.stringify(packageFolder)}, logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true }, resolve: { conditions }, ssr: { resolve: { conditions, externalConditions: conditions } },
    });
    const store = await vite.ssrLoadModule('/src/index.ts');
    const folder = ${JSON.stringify(folder)};
    ${body}
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: packageFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the child ended with ${code} before it printed`)));
  });
  return { child, line };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

test('[L13] entries and replies are there after the process is killed right behind the write', { timeout: startLimitMs }, async () => {
  const { child, line } = await runChild(`
    const ledger = store.openLedger({ path: folder + '/ledger.db', clock: { now: () => 1 } });
    const key = (n) => ({ brokerHost: 'h', destination: 'd', messageId: 'm' + n });
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    const entries = ledger.receive(numbers.map((n) => ({ key: key(n), runId: 'r' + n, receivedAtMs: n })));
    ledger.write(entries.map(({ id }) => ({ type: 'reply-saved', entryId: id, runDone: true,
      reply: { destination: 'q', headers: {}, body: 'reply ' + id } })));
    process.kill(process.pid, 'SIGKILL');`).catch(() => ({ child: children[0], line: '' }));
  expect([child?.signalCode, line]).toEqual(['SIGKILL', '']);

  const ledger = openLedger({ path: join(folder, 'ledger.db'), clock: { now: () => 2 } });
  const numbers = Array.from({ length: 50 }, (_, n) => n);
  const again = ledger.receive(
    numbers.map((n) => ({ key: { brokerHost: 'h', destination: 'd', messageId: `m${n}` }, runId: 'other', receivedAtMs: 0 })),
  );
  expect(again.map((entry) => [entry.runId, entry.deliveries, entry.reply, entry.savedReply?.body])).toEqual(
    numbers.map((n) => [`r${n}`, 2, 'saved', `reply ${n + 1}`]),
  );
  ledger.close();
});

test('[O1, O2] a folder held by another process is refused with its id, and is free once that is killed', {
  timeout: startLimitMs,
}, async () => {
  const { child, line } = await runChild(`store.lockDataFolder(folder); console.log('locked');`);
  expect(line).toBe('locked');
  expect(() => lockDataFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'ENGINE_DATA_FOLDER_LOCKED',
      message: `the data folder ${folder} is in use by another Wirebook (process ${child.pid})`,
    }),
  );
  await kill(child);
  await lockDataFolder(folder).close();
});

test('[O1, O2, O3] a folder is made for its owner only, a second holder in the same process is refused, and a closed lock frees it', async () => {
  const inner = join(folder, 'made', 'on', 'demand');
  const lock = lockDataFolder(inner);
  expect(statSync(inner).mode & 0o777).toBe(0o700);
  expect(() => lockDataFolder(inner)).toThrow(`the data folder ${inner} is in use by another Wirebook (process ${process.pid})`);
  await lock.close();
  await lock.close();
  await lockDataFolder(inner).close();
});

test('[F4] a data folder that cannot be made is STORE_FAILED naming it', () => {
  expect(() => lockDataFolder('/dev/null/data')).toThrow(
    expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringContaining('lock the data folder /dev/null/data') }),
  );
});
