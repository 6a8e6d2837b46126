import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readAppConfig } from './app-config.ts';
import { login, minimal, read, readText } from './read-text.stand-in.ts';
import { Secret } from './secret.ts';

const resilient = (lines: string, env: Readonly<Record<string, string>> = {}) => readText(`${minimal}${lines}\n`, env);

describe('where the file is', () => {
  const files = {
    '/work/given.config': minimal.replace('h.example', 'given'),
    '/etc/env.config': minimal.replace('h.example', 'env'),
    '/work/app.config': minimal.replace('h.example', 'cwd'),
    '/home/jo/.resilient/app.config': minimal.replace('h.example', 'home'),
  };
  const env = { APP_CONFIG_FILE: '/etc/env.config' };

  test('[G1] the named file comes first, then APP_CONFIG_FILE, the working directory, the home directory', async () => {
    const found = await Promise.all([
      read({ files, env, path: 'given.config' }),
      read({ files, env }),
      read({ files, env: { APP_CONFIG_FILE: '' } }),
      read({ files: { '/home/jo/.resilient/app.config': files['/home/jo/.resilient/app.config'] } }),
    ]);
    expect(found.map(({ path, connection }) => [path, connection.host])).toEqual([
      ['/work/given.config', 'given'],
      ['/etc/env.config', 'env'],
      ['/work/app.config', 'cwd'],
      ['/home/jo/.resilient/app.config', 'home'],
    ]);
  });

  test('[G1] a file that is named but missing is an error that names it', async () => {
    await expect(read({ files, env, path: '~/none' })).rejects.toMatchObject({
      code: 'CONFIG_FILE_MISSING',
      message: 'there is no /home/jo/none',
    });
    await expect(read({ files, env: { APP_CONFIG_FILE: '/x' } })).rejects.toThrow('there is no /x (from APP_CONFIG_FILE)');
    await expect(read({})).rejects.toThrow('there is no /work/app.config and no /home/jo/.resilient/app.config');
  });

  test('[G1] a file that cannot be read is another error', async () => {
    const readFile = () => Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }));
    await expect(readAppConfig({ env: {}, homeDir: '/h', cwd: '/w', readFile })).rejects.toMatchObject({ code: 'CONFIG_FILE_INVALID' });
  });
});

describe('references', () => {
  test('[G10] $NAME and ${NAME} come from the environment', async () => {
    const text = '[resilient]\nhost = ${SUB}.${DOMAIN}\napi_key_id = $KEY_ID\napi_key_secret = $KEY_SECRET\n';
    const { connection } = await readText(text, { SUB: 'soar', DOMAIN: 'example.com', KEY_ID: 'k', KEY_SECRET: '$not-again' });
    expect(connection.host).toBe('soar.example.com');
    expect(connection.login.kind === 'api-key' && connection.login.secret.reveal()).toBe('$not-again');
  });

  test('[G10] a variable that is not set is an error that names option and variable', async () => {
    await expect(resilient('org = $NOWHERE')).rejects.toMatchObject({
      code: 'CONFIG_SECRET_UNRESOLVED',
      message: '[resilient] org: the environment variable NOWHERE is not set',
      details: { section: 'resilient', option: 'org', variable: 'NOWHERE' },
    });
    await expect(resilient('org = a${toString}b')).rejects.toMatchObject({ code: 'CONFIG_SECRET_UNRESOLVED' });
  });

  test('[G10] a $ that begins no variable name stays', async () => {
    expect((await resilient('org = $100 & more')).connection.org).toBe('$100 & more');
    expect((await resilient('org = a$HOME', { HOME: '/h' })).connection.org).toBe('a$HOME');
  });

  test('[G12] in other sections, and in options that are not used, they stay as written, with a warning', async () => {
    const { sections, warnings } = await readText(`${minimal}proxy = $P\n[fn_app]\nurl = $URL\nuser = ^u\nok = $OK\n`, {
      OK: 'yes',
    });
    expect({ ...sections.fn_app }).toEqual({ url: '$URL', user: '^u', ok: new Secret('yes') });
    expect(sections.fn_app?.ok instanceof Secret && sections.fn_app.ok.reveal()).toBe('yes');
    expect(warnings.filter((text) => text.includes('CONFIG_'))).toEqual([
      '[resilient] proxy: the environment variable P is not set (CONFIG_SECRET_UNRESOLVED)',
      '[fn_app] url: the environment variable URL is not set (CONFIG_SECRET_UNRESOLVED)',
      expect.stringMatching(/^\[fn_app\] user: .*CONFIG_KEYSTORE_UNAVAILABLE/),
    ]);
  });
});

test('[G13] a secret is shown by reveal only', () => {
  const secret = new Secret('hunter2');
  const shown = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true }),
    inspect({ a: [secret] }),
    String(secret),
    Object.keys(secret).join(),
  ];
  for (const text of shown) expect(text).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

test('[G13] no print of a configuration shows a secret', async () => {
  const text = `${minimal}email = e\npassword = hunter2\n[fn_app]\nclient_secret = hunter2\napi_token = hunter2\nurl = $U\n[secrets]\nplain = hunter2\n`;
  const config = await readText(text, { U: 'https://x:hunter2@h' });
  for (const print of [JSON.stringify(config), inspect(config, { depth: 10, showHidden: true })]) {
    expect(print).not.toContain('hunter2');
    expect(print).not.toContain('s3cret');
  }
});

test('[G14] the result is frozen through and through', async () => {
  const config = await readText(`${minimal}[wirebook]\nhttp_allowed_hosts = a\n[x]\ny=1\n`);
  const open: string[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) open.push(path);
    for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
  };
  visit(config, 'config');
  expect(open).toEqual([]);
});

test('[G20] the defaults are those of resilient-circuits', async () => {
  const { connection, warnings } = await resilient('org =\nstomp_host =');
  expect(connection).toEqual({
    host: 'h.example',
    port: 443,
    stompHost: 'h.example',
    stompPort: 65_001,
    org: null,
    login: { kind: 'api-key', id: 'k', secret: expect.any(Secret) },
    tls: { verify: true, caPath: null, caPem: null },
    stompTls: { verify: true, caPath: null, caPem: null },
    clientCertificate: null,
    proxy: null,
    componentsDir: null,
    noLoad: [],
    resourcePrefix: null,
    workerCount: 25,
    prefetchLimit: 25,
    stompTimeoutMs: 60_000,
    restTimeoutMs: 60_000,
    retry: { attempts: 5, delayMs: 2_000, backoff: 2 },
    loginAttempts: Number.POSITIVE_INFINITY,
    cacheTtlMs: 240_000,
    trapsErrors: false,
    deadLetterQueue: null,
    connectorQueues: [],
    logLevel: 'info',
    logFile: null,
  });
  expect(warnings).toEqual([]);
});

test('[G27] the dead-letter queue is one queue, and none unless named', async () => {
  expect((await resilient('')).connection.deadLetterQueue).toBeNull();
  expect((await resilient('dead_letter_queue = /queue/ActiveMQ.DLQ')).connection.deadLetterQueue).toBe('ActiveMQ.DLQ');
  await expect(resilient('dead_letter_queue = DLQ.>')).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
});

test('[G90] low_code_queues_list holds full names of connector queues, separated by commas', async () => {
  const { connection } = await resilient('low_code_queues_list = connectors.201.a, /queue/connectors.201.b.c,');
  expect(connection.connectorQueues).toEqual(['connectors.201.a', 'connectors.201.b.c']);
  await expect(resilient('low_code_queues_list = actions.201.a')).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
});

test('[G91] webhooks and forms are reached at this machine only, unless there is a certificate or a proxy', async () => {
  const web = async (text: string) =>
    (await readText(`[resilient]\nhost=h.example\napi_key_id=k\napi_key_secret=s\n[webserver]\n${text}\n`)).webserver;
  expect(await web('')).toEqual({ host: '127.0.0.1', port: 9000, tls: null, maxBodyBytes: 1_000_000, trustedProxy: null });
  expect(await web('server=0.0.0.0\nport=8443\ncertfile=c.pem\nkeyfile=k.pem\nmax_body_bytes=5')).toMatchObject({
    host: '0.0.0.0',
    port: 8443,
    tls: { certFile: 'c.pem', keyFile: 'k.pem' },
    maxBodyBytes: 5,
  });
  expect(await web('host=10.0.0.1\nsecure=0\ntrusted_proxy=10.0.0.2')).toMatchObject({
    host: '10.0.0.1',
    tls: null,
    trustedProxy: '10.0.0.2',
  });
  for (const text of ['server=0.0.0.0', 'certfile=c.pem', 'port=70000', 'server=http://a/', 'server=0.0.0.0\nsecure=1']) {
    await expect(web(text)).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID', details: { section: 'webserver' } });
  }
});

test('[G20] every option is read', async () => {
  const { connection } = await resilient(`port=9443
stomp_host=broker
stomp_port=443
org=My Org
num_workers=50
stomp_prefetch_limit=10
stomp_timeout=120
timeout=2.5
request_max_retries=3
request_retry_delay=0.5
request_retry_backoff=3
max_connection_retries=7
cache_ttl=0
resource_prefix=/api/respond
dead_letter_queue=/queue/ActiveMQ.DLQ
log_level=WARNING`);
  expect(connection).toMatchObject({
    port: 9_443,
    stompHost: 'broker',
    stompPort: 443,
    org: 'My Org',
    workerCount: 50,
    prefetchLimit: 10,
    stompTimeoutMs: 120_000,
    restTimeoutMs: 2_500,
    retry: { attempts: 3, delayMs: 500, backoff: 3 },
    loginAttempts: 7,
    cacheTtlMs: 0,
    resourcePrefix: '/api/respond',
    deadLetterQueue: 'ActiveMQ.DLQ',
    logLevel: 'warn',
  });
  expect((await resilient('num_workers = 7')).connection.prefetchLimit).toBe(7);
  expect((await resilient('max_connection_retries = 0')).connection.loginAttempts).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  ['port', '0', 'a whole number from 1 to 65535'],
  ['port', '44x', 'a whole number from 1 to 65535'],
  ['stomp_port', '1.5', 'a whole number from 1 to 65535'],
  ['num_workers', '2001', 'a whole number from 1 to 2000'],
  ['request_retry_delay', '-1', 'a number from 0 to 3600'],
  ['request_retry_backoff', '0x10', 'a number from 1 to 10'],
  ['cache_ttl', '1e3', 'a whole number from 0'],
  ['dead_letter_queue', 'DLQ.>', 'the name of one queue, e.g. ActiveMQ.DLQ'],
  ['loglevel', 'loud', 'one of debug, info, warning, warn, error, critical, fatal'],
  ['stomp_host', 'https://h/', 'a bare host name or address, without https:// and path'],
])('[G21] %s = %s is refused', async (option, value, allowed) => {
  await expect(resilient(`${option} = ${value}`)).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    message: `[resilient] ${option}: got "${value}"; allowed is ${allowed}`,
    details: { section: 'resilient', option, allowed },
  });
});

test('[G21] a value of the environment is not shown', async () => {
  await expect(resilient('port = $P', { P: 'hunter2' })).rejects.toThrow(
    '[resilient] port: got "$P"; allowed is a whole number from 1 to 65535',
  );
});

test('[G22] an API key comes before e-mail and password', async () => {
  const { connection, warnings } = await resilient('email = e\npassword = p');
  expect(connection.login.kind).toBe('api-key');
  expect(warnings).toEqual(['[resilient] has an API key and an e-mail login; the API key is used']);
  const byMail = await readText('[resilient]\nhost=h\nemail=e\npassword = p w\napi_key_id = unused\n');
  expect(byMail.connection.login.kind === 'password' && [byMail.connection.login.email, byMail.connection.login.password.reveal()]).toEqual(
    ['e', 'p w'],
  );
});

test.each([
  ['', 'no login: set api_key_id and api_key_secret, or email and password'],
  ['api_key_id = k', 'half a login: api_key_secret missing'],
  ['api_key_secret = s', 'half a login: api_key_id missing'],
  ['email = e', 'half a login: password missing'],
  ['password = p', 'half a login: email missing'],
])('[G22] the login "%s" is not enough', async (lines, text) => {
  await expect(readText(`[resilient]\nhost=h\n${lines}\n`)).rejects.toMatchObject({
    code: 'CONFIG_OPTION_MISSING',
    message: `[resilient] has ${text}`,
  });
});

test('[G20] a file without [resilient] or without host is refused', async () => {
  await expect(readText('[other]\nx=1\n')).rejects.toMatchObject({
    code: 'CONFIG_OPTION_MISSING',
    message: '/work/app.config has no section [resilient]',
  });
  await expect(readText(`[resilient]\n${login}`)).rejects.toMatchObject({
    code: 'CONFIG_OPTION_MISSING',
    message: '[resilient] host is missing',
  });
});

test('[G23] cafile is a path or false, and stands for stomp_cafile', async () => {
  const files = { '/work/ca.pem': 'CA', '/home/jo/stomp.pem': 'STOMP' };
  const tls = async (lines: string) => {
    const { connection } = await readText(`${minimal}${lines}\n`, {}, files);
    return [connection.tls, connection.stompTls].map(({ verify, caPem }) => [verify, caPem]);
  };
  expect(await tls('cafile = ca.pem')).toEqual([
    [true, 'CA'],
    [true, 'CA'],
  ]);
  expect(await tls('cafile = False')).toEqual([
    [false, null],
    [false, null],
  ]);
  expect(await tls('cafile = ca.pem\nstomp_cafile = ~/stomp.pem')).toEqual([
    [true, 'CA'],
    [true, 'STOMP'],
  ]);
  expect(await tls('cafile = ca.pem\nstomp_cafile = FALSE')).toEqual([
    [true, 'CA'],
    [false, null],
  ]);
  await expect(tls('stomp_cafile = none.pem')).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    message: expect.stringContaining('[resilient] stomp_cafile: there is no file /work/none.pem'),
  });
});

test('[G24] three variables come before the file', async () => {
  const { connection } = await resilient('resource_prefix = /file\nstomp_timeout = 1\nloglevel = info', {
    RESOURCE_PREFIX: '/env',
    RESILIENT_STOMP_TIMEOUT: '90',
    LOGLEVEL: 'DEBUG',
  });
  expect([connection.resourcePrefix, connection.stompTimeoutMs, connection.logLevel]).toEqual(['/env', 90_000, 'debug']);
});

test('[G26] a log file is asked for by logdir or logfile, or by APP_LOG_DIR, which stands behind the file', async () => {
  const logFile = async (text: string, env: Readonly<Record<string, string>> = {}) => (await resilient(text, env)).connection.logFile;
  const defaults = { dir: 'logs', name: 'app.log', maxBytes: 10_000_000, backupCount: 10 };
  expect(await logFile('log_backup_count = 3')).toBeNull();
  expect(await logFile('logdir = /var/log/w')).toEqual({ ...defaults, dir: '/var/log/w' });
  expect(await logFile('logfile = w.log\nlog_max_bytes = 0\nlog_backup_count = 0')).toEqual({
    ...defaults,
    name: 'w.log',
    maxBytes: 0,
    backupCount: 0,
  });
  expect(await logFile('', { APP_LOG_DIR: '/env' })).toEqual({ ...defaults, dir: '/env' });
  expect(await logFile('logdir = /file', { APP_LOG_DIR: '/env' })).toEqual({ ...defaults, dir: '/file' });
});

test.each([
  ['log_max_bytes', '99999', '0 or at least 100000'],
  ['logfile', '../app.log', 'the name of a file, without folders'],
])('[G26] %s = %s is refused', async (option, value, allowed) => {
  await expect(resilient(`${option} = ${value}`)).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    message: expect.stringContaining(allowed),
  });
});

test('[G25] unknown options are kept and warned about, known ones that are not used have their own warning', async () => {
  const { sections, warnings } = await readText(
    `${minimal}stomp_prot = 1\nselftest_timeout = 5\n[wirebook]\nconnections = a\ncolour = red\n[fn_app]\nany = 1\n`,
  );
  expect(warnings).toEqual([
    '[resilient] stomp_prot (line 5) is not known and has no effect; check its spelling',
    '[resilient] selftest_timeout (line 6) is not used: each step of wirebook selftest has 10 seconds',
    '[wirebook] connections (line 8) is not used: one connection is served, the one of [resilient]',
    '[wirebook] colour (line 9) is not known and has no effect; check its spelling',
  ]);
  expect([sections.resilient?.stomp_prot, sections.wirebook?.colour, sections.fn_app?.any]).toEqual(['1', 'red', '1']);
});
