import { describe, expect, test } from 'vitest';
import { minimal, read, readText } from './read-text.stand-in.ts';

/** Every option that the platform's own tools know, with a value that each of them takes. */
const peerOptions: readonly (readonly [name: string, value: string, fate: 'used' | 'warned'])[] = [
  ['host', 'h.example', 'used'],
  ['port', '443', 'used'],
  ['org', 'Mine', 'used'],
  ['api_key_id', 'k', 'used'],
  ['api_key_secret', 's', 'used'],
  ['email', 'jo@example.com', 'used'],
  ['password', 'pw', 'used'],
  ['no_prompt_password', 'True', 'used'],
  ['cafile', 'false', 'used'],
  ['stomp_cafile', 'false', 'used'],
  ['client_auth_cert', 'c.pem', 'used'],
  ['client_auth_key', 'k.pem', 'used'],
  ['proxy', 'p:1', 'warned'],
  ['proxy_host', 'p', 'used'],
  ['proxy_port', '3128', 'used'],
  ['proxy_user', 'u', 'used'],
  ['proxy_password', 'p', 'used'],
  ['resource_prefix', '/api/respond', 'used'],
  ['cache_ttl', '240', 'used'],
  ['max_connection_retries', '-1', 'used'],
  ['request_max_retries', '5', 'used'],
  ['request_retry_delay', '2', 'used'],
  ['request_retry_backoff', '2', 'used'],
  ['resilient_mock', 'm.M', 'warned'],
  ['pam_type', 'Keyring', 'warned'],
  ['stomp_host', 's', 'used'],
  ['stomp_port', '65001', 'used'],
  ['stomp_timeout', '60', 'used'],
  ['stomp_max_retries', '3', 'warned'],
  ['stomp_prefetch_limit', '25', 'used'],
  ['stomp_timer_interval', '60', 'warned'],
  ['stomp_max_connection_errors', '1', 'warned'],
  ['stomp', '0', 'warned'],
  ['ignore_message_failure', '1', 'warned'],
  ['stomp_params', 'x', 'warned'],
  ['num_workers', '25', 'used'],
  ['trap_exception', 'False', 'used'],
  ['heartbeat_timeout_threshold', '60', 'warned'],
  ['rc_use_persistent_sessions', 'True', 'warned'],
  ['selftest_timeout', '10', 'warned'],
  ['low_code_queues_list', 'connectors.201.main', 'used'],
  ['componentsdir', 'flows', 'used'],
  ['noload', 'a, b', 'used'],
  ['logdir', 'logs', 'used'],
  ['logfile', 'app.log', 'used'],
  ['loglevel', 'INFO', 'used'],
  ['log_level', 'INFO', 'used'],
  ['log_max_bytes', '10000000', 'used'],
  ['log_backup_count', '10', 'used'],
  ['log_http_responses', 'dir', 'warned'],
  ['test_actions', 'False', 'warned'],
  ['test_host', 'localhost', 'warned'],
  ['test_port', '8008', 'warned'],
  ['actions_component', 'x', 'warned'],
  ['multitenancy', 'false', 'warned'],
  ['multi_org_function_json', '{}', 'warned'],
  ['ui_lock', 'true', 'warned'],
];

test.each(peerOptions)('[G25] [resilient] %s = %s is %s', async (name, value, fate) => {
  const text = `[resilient]\n${peerOptions.map(([option, written]) => `${option} = ${option === name ? value : written}\n`).join('')}`;
  const { warnings } = await readText(text, {}, { '/work/c.pem': 'CERT', '/work/k.pem': 'KEY' });
  const own = warnings.filter((warning) => warning.startsWith(`[resilient] ${name} (line `));
  expect(own).toEqual(fate === 'used' ? [] : [expect.stringMatching(/ is not used: \w.{10,}/)]);
});

describe('a client certificate', () => {
  const files = { '/work/c.pem': 'CERT', '/home/jo/k.pem': 'KEY-TEXT' };

  test('[G60] its two files are read, and the key is a secret', async () => {
    const config = await readText(`${minimal}client_auth_cert = c.pem\nclient_auth_key = ~/k.pem\n`, {}, files);
    const { clientCertificate } = config.connection;
    expect([clientCertificate?.certPem, clientCertificate?.keyPem.reveal()]).toEqual(['CERT', 'KEY-TEXT']);
    expect(JSON.stringify(config)).not.toContain('KEY-TEXT');
    expect((await readText(minimal)).connection.clientCertificate).toBeNull();
  });

  test.each([
    ['client_auth_cert = c.pem', 'client_auth_key'],
    ['client_auth_key = ~/k.pem', 'client_auth_cert'],
  ])('[G60] %j alone is half of one', async (line, missing) => {
    await expect(readText(`${minimal}${line}\n`, {}, files)).rejects.toMatchObject({
      code: 'CONFIG_OPTION_MISSING',
      message: `[resilient] has half a client certificate: ${missing} is missing; name both files, or neither`,
    });
  });

  test.each([
    ['client_auth_cert = no.pem\nclient_auth_key = ~/k.pem', 'client_auth_cert', '/work/no.pem'],
    ['client_auth_cert = c.pem\nclient_auth_key = no.pem', 'client_auth_key', '/work/no.pem'],
  ])('[G60] a file that is not there is named: %j', async (lines, option, path) => {
    await expect(readText(`${minimal}${lines}\n`, {}, files)).rejects.toMatchObject({
      code: 'CONFIG_OPTION_INVALID',
      message: `[resilient] ${option}: there is no file ${path}; allowed is the path of a PEM file`,
    });
  });
});

describe('a double cafile', () => {
  const files = { '/work/ca.pem': 'PEM' };

  test.each([
    ['cafile = ca.pem\ncafile = False', { verify: false, caPath: null, caPem: null }, 'NOT checked'],
    ['cafile = false\ncafile = ca.pem', { verify: false, caPath: null, caPem: null }, 'NOT checked'],
    ['cafile = ca.pem\ncafile = True', { verify: true, caPath: 'ca.pem', caPem: 'PEM' }, 'is checked with the file'],
  ])('[G40] %j is taken with a warning', async (lines, tls, meaning) => {
    const config = await readText(`${minimal}${lines}\n`, {}, files);
    expect(config.connection.tls).toEqual(tls);
    expect(config.warnings).toEqual([expect.stringContaining(meaning)]);
    expect(config.warnings[0]).toContain('lines 5 and 6');
  });

  test.each(['cafile = a.pem\ncafile = b.pem', 'cafile = false\ncafile = False', 'cafile = a.pem\ncafile = true\ncafile = b.pem'])(
    '[G40] %j is still refused',
    async (lines) => {
      await expect(readText(`${minimal}${lines}\n`, {}, files)).rejects.toMatchObject({ code: 'CONFIG_FILE_INVALID' });
    },
  );
});

describe('mounted secret files', () => {
  const text = '[resilient]\nhost = h.example\norg = a ${ORG}\napi_key_id = $KEY\napi_key_secret = $SECRET\n';
  const env = { KEY: 'of-env', SECRET: 'env-secret', ORG: 'env-org' };

  test('[G41] come before the environment, without the line end at their end', async () => {
    const files = { '/work/app.config': text, '/etc/secrets/SECRET': 'file-secret\n', '/run/secrets/ORG': 'file-org' };
    const { connection } = await read({ files, env });
    expect(connection.org).toBe('a file-org');
    expect(connection.login.kind === 'api-key' && [connection.login.id, connection.login.secret.reveal()]).toEqual([
      'of-env',
      'file-secret',
    ]);
  });

  test('[G41] WIREBOOK_SECRETS_DIR takes the place of the usual folders', async () => {
    const files = { '/work/app.config': text, '/etc/secrets/ORG': 'usual', '/mnt/s/ORG': 'named' };
    const { connection } = await read({ files, env: { ...env, WIREBOOK_SECRETS_DIR: '/mnt/s' } });
    expect(connection.org).toBe('a named');
  });

  test('[G41] one that is encrypted for App Host is named in a warning, and the environment stands in', async () => {
    const files = { '/work/app.config': text, '/etc/secrets/ORG': 'eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn\n' };
    const { connection, warnings } = await read({ files, env });
    expect(connection.org).toBe('a env-org');
    expect(warnings).toEqual([expect.stringMatching(/^the secret file \/etc\/secrets\/ORG is encrypted for App Host/)]);
    expect(warnings.join()).not.toContain('eyJ');
  });
});

describe('a proxy', () => {
  test('[G42] is named by host and port, with a login if it wants one', async () => {
    const proxyOf = async (lines: string) => (await readText(`${minimal}${lines}\n`)).connection.proxy;
    expect(await proxyOf('')).toBe(null);
    expect(await proxyOf('proxy_host = http://p.example/\nproxy_port = 3128')).toEqual({ host: 'p.example', port: 3128, login: null });
    const full = await proxyOf('proxy_host = p\nproxy_port = 1\nproxy_user = u\nproxy_password = pw1');
    expect([full?.login?.user, full?.login?.password.reveal()]).toEqual(['u', 'pw1']);
    expect(JSON.stringify(full)).not.toContain('pw1');
  });

  test.each([
    ['proxy_host = p', 'CONFIG_OPTION_MISSING', 'proxy_port'],
    ['proxy_host = p\nproxy_port = 1\nproxy_user = u', 'CONFIG_OPTION_MISSING', 'proxy_password'],
    ['proxy_host = p\nproxy_port = 1\nproxy_password = u', 'CONFIG_OPTION_MISSING', 'proxy_user'],
    ['proxy_host = https://p\nproxy_port = 1', 'CONFIG_OPTION_INVALID', 'proxy_host'],
    ['proxy_host = p\nproxy_port = 70000', 'CONFIG_OPTION_INVALID', 'proxy_port'],
    ['proxy_host = p\nproxy_port = 1\nproxy_user = a:b\nproxy_password = x', 'CONFIG_OPTION_INVALID', 'proxy_user'],
  ])('[G42] %j is %s about %s', async (lines, code, option) => {
    await expect(readText(`${minimal}${lines}\n`)).rejects.toMatchObject({ code, details: { option } });
  });
});

test('[G43] DEFAULT_LOG_DIR stands in for logdir, behind APP_LOG_DIR', async () => {
  const dirOf = async (env: Readonly<Record<string, string>>, lines = '') =>
    (await readText(`${minimal}${lines}`, env)).connection.logFile?.dir;
  expect(await dirOf({ DEFAULT_LOG_DIR: '/d' })).toBe('/d');
  expect(await dirOf({ DEFAULT_LOG_DIR: '/d', APP_LOG_DIR: '/a' })).toBe('/a');
  expect(await dirOf({ DEFAULT_LOG_DIR: '/d', APP_LOG_DIR: '/a' }, 'logdir = /f\n')).toBe('/f');
});

test('[G44] options of the command line come before file and environment, and are checked as they are', async () => {
  const source = { files: { '/work/app.config': `${minimal}port = 1\n` }, env: { LOGLEVEL: 'ERROR' } };
  const { connection } = await read({ ...source, overrides: { port: '8443', loglevel: 'DEBUG', org: 'Given' } });
  expect([connection.port, connection.logLevel, connection.org]).toEqual([8443, 'debug', 'Given']);
  await expect(read({ ...source, overrides: { port: 'x' } })).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    details: { option: 'port' },
  });
});

describe('the password prompt', () => {
  const ask = async (lines: string, answer: string | null = 'typed-1') => {
    const asked: string[] = [];
    const askPassword = async (email: string) => {
      asked.push(email);
      return answer;
    };
    const text = `[resilient]\nhost = h\n${lines}\n`;
    const config = await read({ files: { '/work/app.config': text }, askPassword }).catch((thrown: unknown) => thrown);
    return { asked, config };
  };

  test('[G46] comes for an e-mail without a password, and what is typed is the password and shown nowhere', async () => {
    const { asked, config } = await ask('email = jo@example.com');
    expect(asked).toEqual(['jo@example.com']);
    expect(config).toMatchObject({ connection: { login: { kind: 'password', email: 'jo@example.com' } } });
    expect(JSON.stringify(config)).not.toContain('typed-1');
  });

  test.each(['email = a\npassword = p', 'api_key_id = k\napi_key_secret = s\nemail = a', 'api_key_id = k'])(
    '[G46] does not come for %j',
    async (lines) => {
      expect((await ask(lines)).asked).toEqual([]);
    },
  );

  test('[G46] does not come with no_prompt_password, and nothing typed is a missing password', async () => {
    const missing = { code: 'CONFIG_OPTION_MISSING', details: { option: 'password' } };
    expect(await ask('email = a\nno_prompt_password = True')).toMatchObject({ asked: [], config: missing });
    expect(await ask('email = a', '')).toMatchObject({ asked: ['a'], config: missing });
    expect(await ask('email = a', null)).toMatchObject({ asked: ['a'], config: missing });
  });
});

test('[G45] componentsdir and noload are read, with commas or lines between the names', async () => {
  const { connection } = await readText(`${minimal}componentsdir = ~/flows\nnoload = a, b\n  c d\n`);
  expect([connection.componentsDir, connection.noLoad]).toEqual(['~/flows', ['a', 'b', 'c d']]);
});
