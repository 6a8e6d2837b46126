import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import { createFakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { createConfigWatch } from './config-watch.ts';

function watch() {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-config-watch-'));
  const path = join(folder, 'app.config');
  writeFileSync(path, 'one');
  const clock = createFakeClock();
  const told: string[] = [];
  const checked = { error: null as WirebookError | null };
  const watching = createConfigWatch({
    path,
    clock,
    check: () => (checked.error === null ? Promise.resolve() : Promise.reject(checked.error)),
    onChanged: () => told.push('changed'),
    onRefused: ({ code }) => told.push(code),
  });
  onTestFinished(() => {
    watching.close();
    rmSync(folder, { recursive: true });
  });
  const look = async (times: number) => {
    for (let count = 0; count < times; count += 1) await clock.advance(1000);
  };
  return { path, look, told, checked };
}

test('[B17] another content is told once, however the file got it; the same content written anew is no change', async () => {
  const { path, look, told } = watch();
  await look(3);
  writeFileSync(path, 'one');
  await look(3);
  expect(told).toEqual([]);
  writeFileSync(`${path}.new`, 'two');
  renameSync(`${path}.new`, path);
  await look(4);
  expect(told).toEqual(['changed']);
});

test('[B17] a file that still grows is left until it stands for a moment', async () => {
  const { path, look, told } = watch();
  for (const text of ['tw', 'two', 'two and more']) {
    writeFileSync(path, text);
    await look(1);
  }
  expect(told).toEqual([]);
  await look(2);
  expect(told).toEqual(['changed']);
});

test('[B16] what does not read is refused once; the next content is looked at again', async () => {
  const { path, look, told, checked } = watch();
  checked.error = new WirebookError('CONFIG_OPTION_INVALID', 'no');
  writeFileSync(path, 'bad');
  await look(5);
  rmSync(path);
  await look(5);
  checked.error = null;
  writeFileSync(path, 'good');
  await look(5);
  expect(told).toEqual(['CONFIG_OPTION_INVALID', 'CONFIG_OPTION_INVALID', 'changed']);
});
