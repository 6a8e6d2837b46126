import { createSystemClock } from '@wirebook/engine';
import { expect, test } from 'vitest';
import { supervise } from './supervise.ts';

/** Prints what it was told of the process before, and ends as the line that it is given says. */
const child = (end: string) => `console.log(String(process.env.WIREBOOK_LAST_END)); setImmediate(() => { ${end} });`;

/** Before a start, and for a stop. */
const longestWaitMs = 10;

/** What the child is told at its second start, after this end of the first. */
async function tellOfEnd(end: string): Promise<string | undefined> {
  const lines: string[] = [];
  const clock = createSystemClock();
  const supervised = supervise({
    args: ['--max-old-space-size=20', '-e', child(end)],
    env: { PATH: process.env.PATH, WIREBOOK_LAST_END: 'SIGSEGV' },
    clock: { ...clock, startTimer: (delayMs, onTime) => clock.startTimer(Math.min(delayMs, longestWaitMs), onTime) },
    onLine: (line) => lines.push(line),
    onLogLine: () => undefined,
    onExit: () => undefined,
    finalCodes: new Set(),
  });
  await expect.poll(() => lines.length).toBeGreaterThanOrEqual(2);
  await supervised.stop(longestWaitMs);
  expect(lines[0]).toBe('undefined');
  return lines[1];
}

test.each(['SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS', 'SIGFPE', 'SIGTRAP'])(
  '[W1] a child that ended by %s is told so at its next start',
  async (signal) => {
    expect(await tellOfEnd(`process.kill(process.pid, '${signal}')`)).toBe(signal);
  },
);

test.each(['process.kill(process.pid, "SIGKILL")', 'process.kill(process.pid, "SIGTERM")', 'process.exit(70)'])(
  '[W1] %s tells the next child nothing',
  async (end) => {
    expect(await tellOfEnd(end)).toBe('undefined');
  },
);

test('[W1] a child out of memory counts as one that ended itself', async () => {
  expect(await tellOfEnd('const all = []; for (;;) all.push(new Array(1e6).fill(all.length));')).toBe('SIGABRT');
});
