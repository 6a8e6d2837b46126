import { WirebookError } from '@wirebook/errors';
import { describe, expect, test } from 'vitest';
import { findSecret, listKeystoreReferences, readAppConfig } from './app-config.ts';
import type { KeystoreEntry } from './keystore.ts';
import { minimal, onlyFile } from './read-text.stand-in.ts';
import { Secret } from './secret.ts';

type Kept = Readonly<Record<string, string>>;

function sourceOf(text: string, kept: Kept, env: Kept = {}) {
  const asked: string[] = [];
  const read = async ({ service, account }: KeystoreEntry) => {
    asked.push(`${service}/${account}`);
    return kept[`${service}/${account}`] ?? null;
  };
  return {
    asked,
    source: { path: '/app.config', env, homeDir: '/h', cwd: '/w', readFile: onlyFile('/app.config', text), keystore: { read } },
  };
}

function readKept(text: string, kept: Kept, env: Kept = {}) {
  return readAppConfig(sourceOf(text, kept, env).source);
}

describe('values in the keystore', () => {
  test('[G11] the whole value, or parts in braces, come from the service _ in [resilient], and of the section elsewhere', async () => {
    const text = `[resilient]\nhost = ^{place}.example\napi_key_id = k\napi_key_secret = ^s\norg = a^b\n[fn_app]\nuser = ^u\nurl = \${H}^{p}^{q}\n`;
    const config = await readKept(
      text,
      { '_/place': 'soar', '_/s': 'hidden', 'fn_app/u': 'jo', 'fn_app/p': '/p', 'fn_app/q': '/q' },
      { H: 'h' },
    );
    expect(config.connection).toMatchObject({ host: 'soar.example', org: 'a^b', login: { id: 'k' } });
    expect(config.connection.login.kind === 'api-key' && config.connection.login.secret.reveal()).toBe('hidden');
    const app = config.sections.fn_app ?? {};
    expect([app.user, app.url].map((value) => value instanceof Secret && value.reveal())).toEqual(['jo', 'h/p/q']);
    expect(JSON.stringify(config)).not.toMatch(/hidden|"jo"/);
  });

  test('[G11] each entry is read once, and what it holds is not looked through again', async () => {
    const { asked, source } = sourceOf(`${minimal}org = ^o\ncafile = false\n[x]\na = ^o\nb = ^o and ^{o}\nc = ^{o}${'$'}{NO}`, {
      '_/o': '^s$HOME',
      'x/o': 'y',
    });
    const config = await readAppConfig(source);
    expect(config.connection.org).toBe('^s$HOME');
    expect(asked).toEqual(['_/o', 'x/o']);
    expect(config.warnings).toEqual([expect.stringMatching(/^\[x\] c: the environment variable NO is not set/)]);
  });

  test('[G11] an entry that is not there names section, option and the command that stores it', async () => {
    for (const value of ['^org', 'a^{org}b']) {
      await expect(readKept(`${minimal}org = ${value}`, {})).rejects.toMatchObject({
        code: 'CONFIG_SECRET_UNRESOLVED',
        message: '[resilient] org: there is no entry "org" of service "_" in the keystore; store it with: wirebook keyring',
        details: { section: 'resilient', option: 'org', account: 'org' },
      });
    }
  });

  test('[G11] a keystore that cannot be read says where it was needed', async () => {
    const keystore = {
      read: async () => {
        throw new WirebookError('CONFIG_KEYSTORE_UNAVAILABLE', 'it is locked');
      },
    };
    const source = sourceOf(`${minimal}org = ^o\n`, {}).source;
    await expect(readAppConfig({ ...source, keystore })).rejects.toMatchObject({
      code: 'CONFIG_KEYSTORE_UNAVAILABLE',
      message: '[resilient] org: it is locked',
    });
    await expect(readAppConfig({ ...source, keystore: undefined })).rejects.toMatchObject({ code: 'CONFIG_KEYSTORE_UNAVAILABLE' });
  });

  test('[G32] a secret of a flow may stand in the keystore', async () => {
    const config = await readKept(`${minimal}[secrets]\njira = ^jira-token\nlost = ^nowhere\n`, { 'secrets/jira-token': 'abc' });
    expect(findSecret(config, 'jira')?.reveal()).toBe('abc');
    expect(() => findSecret(config, 'lost')).toThrow(expect.objectContaining({ code: 'CONFIG_SECRET_UNRESOLVED' }));
  });

  test('[G15] what the file refers to is listed without reading the keystore', async () => {
    const { asked, source } = sourceOf(`${minimal}org = ^o\n[x]\na = ^{p}^{q}\nb = ^\nc = a^b\n`, {});
    expect(await listKeystoreReferences(source)).toEqual({
      path: '/app.config',
      references: [
        { section: 'resilient', option: 'org', service: '_', account: 'o' },
        { section: 'x', option: 'a', service: 'x', account: 'p' },
        { section: 'x', option: 'a', service: 'x', account: 'q' },
      ],
    });
    expect(asked).toEqual([]);
  });
});
