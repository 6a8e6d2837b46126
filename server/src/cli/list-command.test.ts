import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@wirebook/engine';
import { openAppStore } from '@wirebook/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAppStore, sampleFlowsDir } from './app-files.ts';
import { createProgram } from './program.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-list-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const printed: string[] = [];
  const program = createProgram({
    environment: { variables: {}, workingDir: folder, homeDir: folder },
    print: (line) => printed.push(line),
    complain: () => undefined,
    signal: new AbortController().signal,
  });
  return { result: await program.run(['list', ...args]).catch((thrown: unknown) => thrown), printed };
}

test('[B28] list tells each flow with its versions, the one that runs, and the destinations of that one', async () => {
  const store = openAppStore({ path: findAppStore(join(folder, 'data')), clock: createSystemClock() });
  const document = readFileSync(join(sampleFlowsDir, 'incident-changed.flow.json'), 'utf8');
  const renamed = document.replace('"incident_changes"', '"elsewhere"');
  store.flows.add({ id: 'incident-changed', document: renamed, by: 'jo' });
  store.versions.add({ flowId: 'incident-changed', hash: 'a', document: renamed, note: '', createdBy: 'jo' });
  store.versions.add({ flowId: 'incident-changed', hash: 'b', document, note: '', createdBy: 'jo' });
  const { printed: before } = await run('--data', 'data', '--json');
  store.deployments.begin({ flowId: 'incident-changed', version: 2, by: 'jo' });
  const { printed: after } = await run('--data', 'data', '--json');
  const { printed: lines } = await run('--data', 'data');
  store.close();
  expect(JSON.parse(before[0] ?? '')).toMatchObject([{ deployed: null, versions: [2, 1], destinations: ['elsewhere'] }]);
  expect(JSON.parse(after[0] ?? '')).toMatchObject([{ id: 'incident-changed', deployed: 2, destinations: ['incident_changes'] }]);
  expect(lines).toEqual([expect.stringMatching(/^incident-changed\t.*\tversion 2 deployed\t2 versions\tincident_changes$/)]);
});

test('[B28] a folder without flows of a server is refused, and none is made', async () => {
  expect((await run('--data', 'none')).result).toMatchObject({ code: 'CONFIG_FILE_MISSING', message: expect.stringContaining('--data') });
});
