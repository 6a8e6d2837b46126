import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '@wirebook/errors';
import type { FlowDocumentInput } from '@wirebook/flow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePorts } from '../activemq/free-ports.ts';
import type { ConfigChanges } from '../harness/app-config-text.ts';
import { spawnEngine } from '../harness/engine-process.ts';
import { chainFlow, destinationSource, functionSource, sampleFlow } from '../harness/flow-chain.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import { createRestEditor, type RestEditor } from '../harness/rest-editor.ts';
import { waitFor } from '../harness/wait-for.ts';
import { runWirebook } from '../harness/wirebook-process.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterAll(async () => {
  await platform?.close();
});

const lookUp = sampleFlow('lookup-model');
const result = { id: 'result', type: 'soar.result' };

describe('wirebook run', () => {
  interface Refusal {
    readonly what: string;
    readonly exitCode: number;
    readonly says: RegExp;
    readonly config?: ConfigChanges;
    readonly flow?: FlowDocumentInput | string;
  }

  test.each<Refusal>([
    {
      what: 'an app.config with half a login',
      exitCode: 3,
      says: /api_key_secret.*\n.*CONFIG_OPTION_MISSING/,
      config: { resilient: { api_key_secret: null } },
    },
    {
      what: 'an app.config with a port that is none',
      exitCode: 3,
      says: /\[resilient\] port.*\n.*CONFIG_OPTION_INVALID/,
      config: { resilient: { port: 'many' } },
    },
    {
      what: 'a secret in a keystore that is not there',
      exitCode: 3,
      says: /CONFIG_KEYSTORE_UNAVAILABLE/,
      config: { resilient: { api_key_secret: '^secret' } },
    },
    { what: 'a cafile that is not there', exitCode: 3, says: /cafile.*nowhere\.pem/, config: { resilient: { cafile: '/nowhere.pem' } } },
    {
      what: 'a flow file that is not there',
      exitCode: 4,
      says: /nowhere\.flow\.json.*\n.*FLOW_FILE_UNREADABLE/,
      flow: '/nowhere.flow.json',
    },
    {
      what: 'a node type that is not known',
      exitCode: 4,
      says: /"soar\.teleport"/,
      flow: chainFlow({ id: 'unknown-type', nodes: [functionSource(), { id: 'away', type: 'soar.teleport' }, result] }),
    },
    {
      what: 'a function that the platform does not have',
      exitCode: 4,
      says: /"no_such_function"[\s\S]*SOAR_FUNCTION_UNKNOWN/,
      flow: chainFlow({ id: 'unknown-function', nodes: [functionSource('no_such_function'), result] }),
    },
    { what: 'a login that is refused', exitCode: 21, says: /SOAR_LOGIN_REFUSED/, config: { resilient: { api_key_secret: 'guessed' } } },
    {
      what: 'an organisation that is not known',
      exitCode: 24,
      says: /"Nowhere Ltd"[\s\S]*SOAR_ORG_UNKNOWN/,
      config: { resilient: { org: 'Nowhere Ltd' } },
    },
  ])('ends with $exitCode for $what, and says so', async ({ exitCode, says, config, flow }) => {
    const engine = spawnEngine({ platform, flows: [flow ?? lookUp], config });
    expect(await engine.ended).toEqual({ exitCode, signal: null });
    expect(engine.stderrLines.join('\n')).toMatch(says);
    expect(engine.outputLines).toEqual([]);
  });

  test('ends with 3 without an app.config and names the places it looked at', async () => {
    const ended = await runWirebook(['run', '--flow', lookUp], { homeDir: platform.folder });
    expect(ended).toMatchObject({ exitCode: 3, errors: expect.stringMatching(/app\.config and no .*\.resilient\/app\.config/) });
  });

  test('ends with 4 without a flow, and names the two ways to give one', async () => {
    const engine = spawnEngine({ platform, flows: [] });
    expect(await engine.ended).toEqual({ exitCode: 4, signal: null });
    expect(engine.stderrLines.join('\n')).toMatch(/--flow.*componentsdir/);
  });

  test('ends with 20 when the platform is not reached as often as max_connection_retries says', async () => {
    const [port = 0] = await findFreePorts(1);
    const engine = spawnEngine({ platform, flows: [lookUp], config: { resilient: { port, max_connection_retries: 1 } } });
    expect(await engine.ended).toEqual({ exitCode: 20, signal: null });
    expect(engine.stderrLines.join('\n')).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}[\\s\\S]*SOAR_REST_UNREACHABLE`));
  });

  test('ends with 31 when the broker refuses the login that the platform took', async () => {
    const other = await startPlatform({ broker: 'embedded', seed: 'other logins' });
    try {
      const { stompHost, stompPort, caFile } = other.simulator;
      const config = { resilient: { stomp_host: stompHost, stomp_port: stompPort, stomp_cafile: caFile } };
      const engine = spawnEngine({ platform, flows: [lookUp], config });
      expect(await engine.ended).toEqual({ exitCode: 31, signal: null });
      expect(engine.stderrLines.join('\n')).toContain('SOAR_BROKER_LOGIN_REFUSED');
    } finally {
      await other.close();
    }
  });

  test('ends with 32 when the login may not read a destination, and names it', async () => {
    const editor = createRestEditor(platform.simulator);
    const destination = (await readDestinations(editor)).find(({ programmatic_name: name }) => name === 'branch_pager');
    const changed = await editor.call('PUT', `/message_destinations/${String(destination?.id)}`, { ...destination, api_keys: [] });
    await editor.close();
    expect(changed.status).toBe(200);
    const flow = chainFlow({ id: 'pager', nodes: [destinationSource('branch_pager'), { id: 'ack', type: 'soar.ack' }] });
    const engine = spawnEngine({ platform, flows: [flow] });
    expect(await engine.ended).toEqual({ exitCode: 32, signal: null });
    expect(engine.stderrLines.join('\n')).toMatch(/branch_pager[\s\S]*SOAR_BROKER_NOT_AUTHORIZED/);
  });

  test.each([
    ['the platform', 'port', /SOAR_REST_UNREACHABLE|not reached/],
    ['the broker', 'stomp_port', /SOAR_BROKER_UNREACHABLE/],
  ])('waits for %s that is not reached, and ends with 0 on SIGTERM', async (_what, option, says) => {
    const [port = 0] = await findFreePorts(1);
    const engine = spawnEngine({ platform, flows: [lookUp], config: { resilient: { [option]: port } } });
    await waitFor('a line about it', () => engine.stderrLines.some((line) => says.test(line)));
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    expect(engine.outputLines).toEqual([]);
  });

  test('takes an organisation by itself when the login has exactly one', async () => {
    const engine = spawnEngine({ platform, flows: [lookUp], config: { resilient: { org: null } } });
    await engine.ready;
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    expect(engine.outputLines).toEqual(['ready']);
  });

  test('takes e-mail and password, from the environment too', async () => {
    const { email, password } = platform.simulator;
    const engine = spawnEngine({
      platform,
      flows: [lookUp],
      config: { resilient: { api_key_id: null, api_key_secret: null, email, password: '$SOAR_PASSWORD' } },
      environment: { SOAR_PASSWORD: password },
    });
    await engine.ready;
    expect(await engine.stop()).toEqual({ exitCode: 0, signal: null });
    expect(engine.stderrLines.join('\n')).not.toContain(password);
  });
});

describe('wirebook validate', () => {
  function writeFlow(flow: FlowDocumentInput): string {
    const path = join(platform.folder, `${flow.id}.flow.json`);
    writeFileSync(path, JSON.stringify(flow));
    return path;
  }

  test('ends with 0 for flows that can run', async () => {
    const ended = await runWirebook(['validate', lookUp, sampleFlow('create-ticket')], { homeDir: platform.folder });
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    expect(ended.output.split('\n').map((line) => line.replace(/^.*\//, ''))).toEqual([
      'lookup-model.flow.json: valid (4 nodes, 3 wires)',
      'create-ticket.flow.json: valid (7 nodes, 6 wires)',
    ]);
  });

  test('ends with 4 when one of them cannot, naming node, wire and field', async () => {
    const flow = chainFlow({ id: 'wrong', nodes: [functionSource(), { id: 'status', type: 'soar.status', config: { txt: 'a' } }, result] });
    const broken = writeFlow({ ...flow, wires: [...flow.wires, { from: 'source.elsewhere', to: 'result.in' }] });
    const ended = await runWirebook(['validate', lookUp, broken], { homeDir: platform.folder });
    expect(ended.exitCode).toBe(4);
    expect(ended.output).toContain('lookup-model.flow.json: valid');
    expect(ended.errors).toMatch(/"status".*"txt"/);
    expect(ended.errors).toMatch(/"source"\.elsewhere/);
  });

  test('ends with 4 for a file that is no JSON, and says where', async () => {
    const path = join(platform.folder, 'torn.flow.json');
    writeFileSync(path, '{"format": 1,\n "id": }');
    const ended = await runWirebook(['validate', path], { homeDir: platform.folder });
    expect(ended).toMatchObject({ exitCode: 4, output: '' });
    expect(ended.errors).toMatch(/torn\.flow\.json.*line 2/);
  });
});

async function readDestinations(editor: RestEditor): Promise<readonly JsonObject[]> {
  const { entities } = await editor.readObject('/message_destinations');
  if (!Array.isArray(entities)) throw new Error('the platform lists no destinations');
  return entities.filter(isJsonObject);
}
