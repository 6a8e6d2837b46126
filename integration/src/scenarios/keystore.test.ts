import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appConfigText, type ConfigChanges } from '../harness/app-config-text.ts';
import { spawnEngine, startEngine } from '../harness/engine-process.ts';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';
import { fireAndWait } from '../harness/invocations.ts';
import { type Platform, startPlatform } from '../harness/platform.ts';
import {
  mayLeaveOutSecretService,
  type SecretService,
  secretServiceInstallCommand,
  startSecretService,
} from '../harness/secret-service.ts';
import { runWirebook } from '../harness/wirebook-process.ts';

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ broker: 'embedded' });
});
afterAll(async () => {
  await platform?.close();
});

const references = { resilient: { api_key_secret: '^soar-secret' }, secrets: { tell: '^{tell}' } };

const tellFlow = chainFlow({
  id: 'tell',
  nodes: [
    functionSource(),
    { id: 'one', type: 'soar.status', config: { text: { $secret: 'tell' } } },
    { id: 'result', type: 'soar.result' },
  ],
});

function writeConfig(): string {
  const path = join(platform.folder, 'app.config');
  writeFileSync(path, appConfigText(platform.config, references));
  return path;
}

async function fill(environment: Readonly<Record<string, string>>) {
  const input = `${platform.simulator.apiKeySecret}\nvalue in the keystore\n`;
  return await runWirebook(['keyring', '--config', writeConfig()], { homeDir: platform.folder, environment, input });
}

/** The engine logs in by one value and tells the other to the analyst; neither stands in its log. */
async function expectServed(config: ConfigChanges, environment: Readonly<Record<string, string>>, told: string): Promise<void> {
  const engine = await startEngine({ platform, flows: [tellFlow], config, environment, logLevel: 'DEBUG' });
  const invocation = await fireAndWait(platform.simulator, { function: 'lookup_model_by_id', inputs: { model_id: '198.51.100.23' } });
  expect(invocation.replies.map(({ message }) => message)).toEqual([told, 'Completed']);
  expect(await engine.stop()).toMatchObject({ exitCode: 0 });
  const log = engine.stderrLines.join('\n');
  expect(log).not.toContain(platform.simulator.apiKeySecret);
  expect(log).not.toContain(told);
}

const isLeftOut = mayLeaveOutSecretService(process.env);
const reason = isLeftOut ? ` (LEFT OUT: gnome-keyring is not installed; ${secretServiceInstallCommand})` : '';

describe.skipIf(isLeftOut)(`values in GNOME's keystore${reason}`, () => {
  let secrets: SecretService;

  beforeAll(async () => {
    secrets = await startSecretService();
  });
  afterAll(async () => {
    await secrets?.close();
  });

  test('wirebook keyring stores what is missing where Python finds it, and the engine takes it from there', async () => {
    const filled = await fill(secrets.environment);
    expect(filled).toMatchObject({ exitCode: 0, errors: '' });
    expect(filled.output.split('\n')).toEqual([
      'Stored ^soar-secret of service "_" in the keystore of the system.',
      'Stored ^tell of service "secrets" in the keystore of the system.',
    ]);
    expect(await secrets.lookUp({ service: '_', username: 'soar-secret' })).toBe(platform.simulator.apiKeySecret);
    await expectServed(references, secrets.environment, 'value in the keystore');
  });

  test("what Python's keyring stored is found, and two of one name are refused by it", async () => {
    await secrets.storeAsPython({ service: 'secrets', username: 'from-python', value: 'told by Python' });
    const config = { resilient: references.resilient, secrets: { tell: '^from-python' } };
    const path = join(platform.folder, 'python.config');
    writeFileSync(path, appConfigText(platform.config, config));
    const list = () => runWirebook(['keyring', 'list', '--config', path], { homeDir: platform.folder, environment: secrets.environment });
    expect(await list()).toMatchObject({
      exitCode: 0,
      output: '[resilient] api_key_secret\t^soar-secret\tstored\n[secrets] tell\t^from-python\tstored',
    });
    await expectServed(config, secrets.environment, 'told by Python');
    await secrets.storeAsPython({ service: '_', username: 'soar-secret', value: 'another one' });
    expect(await list()).toMatchObject({
      exitCode: 3,
      errors: expect.stringContaining("secret-tool clear service '_' username 'soar-secret'"),
    });
    await secrets.clear({ service: '_', username: 'soar-secret' });
  });

  test('a value that was removed is missing, and the engine says which one', async () => {
    await fill(secrets.environment);
    const removed = await runWirebook(['keyring', 'remove', 'resilient', 'soar-secret'], {
      homeDir: platform.folder,
      environment: secrets.environment,
    });
    expect(removed).toMatchObject({ exitCode: 0 });
    const engine = spawnEngine({ platform, flows: [tellFlow], config: references, environment: secrets.environment });
    expect(await engine.ended).toMatchObject({ exitCode: 3 });
    expect(engine.stderrLines.join('\n')).toMatch(
      /\[resilient\] api_key_secret: there is no entry "soar-secret".*CONFIG_SECRET_UNRESOLVED/s,
    );
  });
});

describe('values on a machine without a session', () => {
  const passphrase = { WIREBOOK_VAULT_KEY: 'a long passphrase' };

  test('without a passphrase it is said what to do, and nothing is stored', async () => {
    const filled = await fill({});
    expect(filled).toMatchObject({ exitCode: 3, output: '' });
    expect(filled.errors).toMatch(/keystore of the system cannot be used.*WIREBOOK_VAULT_KEY.*CONFIG_KEYSTORE_UNAVAILABLE/s);
    const engine = spawnEngine({ platform, flows: [tellFlow], config: references });
    expect(await engine.ended).toMatchObject({ exitCode: 3 });
    expect(engine.stderrLines.join('\n')).toMatch(/\[resilient\] api_key_secret: .*CONFIG_KEYSTORE_UNAVAILABLE/s);
  });

  test('the vault keeps what is missing, and the engine takes it from there', async () => {
    const environment = { ...passphrase, WIREBOOK_VAULT_FILE: join(platform.folder, 'vault.json') };
    expect(await fill(environment)).toMatchObject({ exitCode: 0, output: expect.stringContaining('in the vault') });
    await expectServed(references, environment, 'value in the keystore');
    const engine = spawnEngine({
      platform,
      flows: [tellFlow],
      config: references,
      environment: { ...environment, WIREBOOK_VAULT_KEY: 'another passphrase' },
    });
    expect(await engine.ended).toMatchObject({ exitCode: 3 });
    expect(engine.stderrLines.join('\n')).toMatch(/does not open with this passphrase.*CONFIG_VAULT_INVALID/s);
  });
});
