import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfigAt } from '../read-config-at.ts';
import { readFlowFolder } from './read-flow-folder.ts';

const samples = join(import.meta.dirname, '../../../samples/flows');

async function readWith(lines: string, prepare: (folder: string) => void = () => undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-flows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  prepare(folder);
  writeFileSync(join(folder, 'app.config'), `[resilient]\nhost = h\napi_key_id = k\napi_key_secret = s\n${lines}\n`);
  const environment = { variables: {}, workingDir: folder, homeDir: folder };
  const io = { environment, print: () => undefined, complain: () => undefined, signal: new AbortController().signal };
  return (await readFlowFolder(await readConfigAt(undefined, environment), io)).map(({ id }) => id);
}

function fill(folder: string): void {
  mkdirSync(join(folder, 'flows'));
  for (const name of ['lookup-model.flow.json', 'create-ticket.flow.json']) copyFileSync(join(samples, name), join(folder, 'flows', name));
  writeFileSync(join(folder, 'flows', 'notes.txt'), 'no flow');
}

test('[B20] the flows of componentsdir are read by the names of their files, and nothing else of the folder', async () => {
  expect(await readWith('componentsdir = flows', fill)).toEqual(['create-ticket', 'lookup-model']);
  expect(await readWith('', fill)).toEqual([]);
});

test('[B20] noload leaves out flows by id, name or file', async () => {
  expect(await readWith('componentsdir = flows\nnoload = create-ticket', fill)).toEqual(['lookup-model']);
  expect(await readWith('componentsdir = ~/flows\nnoload = lookup-model.flow.json, none', fill)).toEqual(['create-ticket']);
});

test('[B20] a folder that is not there is refused with its path', async () => {
  await expect(readWith('componentsdir = none')).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    message: expect.stringMatching(/componentsdir: .*none cannot be read/),
  });
});
