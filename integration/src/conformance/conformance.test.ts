import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '@wirebook/errors';
import { createSimulator, type Simulator } from '@wirebook/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawnNode } from '../harness/wirebook-process.ts';
import { askRows, type RowOutcome } from './ask-rows.ts';
import { compareAnswer, fillIn, findAt, readConformanceRows } from './conformance-rows.ts';

const rows = readConformanceRows();
const outcomes = new Map<string, RowOutcome>();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator();
  const { restUrl: url, orgId, apiKeyId, apiKeySecret } = simulator;
  const server = { url, orgId, apiKeyId, apiKeySecret, caPem: readFileSync(simulator.caFile, 'utf8') };
  for await (const outcome of askRows(server, rows)) outcomes.set(outcome.row.title, outcome);
});

afterAll(() => simulator.close());

test.each(rows.map(({ title, source }) => [title, source]))('[simulator R150] %s (%s)', (title) => {
  expect(outcomes.get(title)?.differences).toEqual([]);
});

test('[simulator R150] no title stands twice, and each row says where it comes from', () => {
  expect(new Set(rows.map(({ title }) => title)).size).toBe(rows.length);
  expect(rows.filter(({ source }) => !/^(?:protocol \d|sample |custom actions guide \d)/.test(source))).toEqual([]);
});

const samples = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url));

test.skipIf(!existsSync(samples))('[simulator R150] the row of an incident names every key of the sample', () => {
  const sample = JSON.parse(readFileSync(`${samples}incident_full.json`, 'utf8')) as object;
  const row = rows.find(({ title }) => title === 'an incident is created with every key');
  expect(Object.keys(sample).filter((key) => !row?.expect.keys?.includes(key))).toEqual([]);
});

test('[simulator R151] what differs is told: status, missing keys, other values, nothing at a place', () => {
  const answer = (body: JsonValue, status = 200) => ({ status, body });
  expect(compareAnswer({ status: 200 }, answer({}, 404))).toEqual(['the status is 404, not 200: {}']);
  expect(compareAnswer({ status: 200, at: 'a.0', keys: ['x', 'y'], match: { x: { z: 1 } } }, answer({ a: [{ x: { z: 2 } }] }))).toEqual([
    'a.0 has no y',
    'a.0.x.z is 2, not 1',
  ]);
  expect(compareAnswer({ status: 200, at: 'b' }, answer({}))).toEqual(['there is nothing at b']);
  expect(compareAnswer({ status: 200, match: { a: 1 } }, answer({ a: 1, b: 2 }))).toEqual([]);
});

test('[simulator R151] kept values are filled in, whole ones as they are', () => {
  const kept = new Map<string, JsonValue>([['id', 7]]);
  expect(fillIn({ a: '{{id}}', b: ['x{{id}}'], '{{id}}': null }, kept)).toEqual({ a: 7, b: ['x7'], '7': null });
  expect([findAt({ a: [1, { b: 2 }] }, 'a.1.b'), findAt({}, 'a.b')]).toEqual([2, undefined]);
});

const commandPath = fileURLToPath(new URL('../../dist/conformance/command.js', import.meta.url));

test('[simulator R151] the command asks a server and ends with 0 where nothing differs, with 1 where something does', async () => {
  const homeDir = mkdtempSync(join(tmpdir(), 'wirebook-conformance-'));
  const args = ['--url', simulator.restUrl, '--org', String(simulator.orgId), '--key-id', simulator.apiKeyId, '--ca', simulator.caFile];
  const run = async (secret: string) => {
    const asking = spawnNode(commandPath, args, { homeDir, environment: { WIREBOOK_CONFORMANCE_SECRET: secret } });
    const { exitCode } = await asking.ended;
    return { exitCode, output: asking.outputLines.join('\n'), errors: asking.errorLines.join('\n') };
  };
  expect(await run(simulator.apiKeySecret)).toMatchObject({
    exitCode: 0,
    errors: '',
    output: expect.stringContaining(`${rows.length} of ${rows.length} rows are as expected.`),
  });
  expect(await run('wrong')).toMatchObject({ exitCode: 1, output: expect.stringContaining('DIFFERENT') });
  rmSync(homeDir, { recursive: true });
});
