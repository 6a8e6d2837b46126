import { expect, test } from 'vitest';
import { readAppConfig } from './app-config.ts';

const minimal = '[resilient]\nhost = h.example\napi_key_id = k\napi_key_secret = s3cret\n';

const readText = (text: string) =>
  readAppConfig({ path: undefined, env: {}, homeDir: '/home/jo', cwd: '/work', readFile: async () => text });

test('[G31] allowed hosts are names, addresses and ranges, with a port if wanted', async () => {
  const { wirebook } = await readText(
    `${minimal}[wirebook]\nhttp_allowed_hosts = API.example.com, *.example.org:8443\n  10.0.0.0/8  127.0.0.1:80\n  [::1]:443\n`,
  );
  expect(wirebook.httpAllowedHosts).toEqual([
    { host: 'api.example.com', port: null },
    { host: '*.example.org', port: 8443 },
    { host: '10.0.0.0/8', port: null },
    { host: '127.0.0.1', port: 80 },
    { host: '[::1]', port: 443 },
  ]);
  for (const bad of ['https://x', 'a/b', '*', 'x:0', 'x:99999', 'a*b', ',']) {
    await expect(readText(`${minimal}[wirebook]\nhttp_allowed_hosts = ${bad}\n`)).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
  }
});

test('[G34] circuits and rate limits are read, with their defaults', async () => {
  expect((await readText(minimal)).wirebook).toMatchObject({ circuit: { failures: 5, openMs: 30_000 }, rateLimits: [] });
  const { wirebook, warnings } = await readText(
    `${minimal}[wirebook]\ncircuit_failures = 0\ncircuit_open_seconds = 7\nrate_limits = API.example.com:10/s, *.vt.com:4/min\n  h.example:8443:5/h [::1]:80:1/s\n`,
  );
  expect(wirebook.circuit).toEqual({ failures: 0, openMs: 7000 });
  expect(wirebook.rateLimits).toEqual([
    { host: 'api.example.com', port: null, count: 10, perMs: 1000, text: 'API.example.com:10/s' },
    { host: '*.vt.com', port: null, count: 4, perMs: 60_000, text: '*.vt.com:4/min' },
    { host: 'h.example', port: 8443, count: 5, perMs: 3_600_000, text: 'h.example:8443:5/h' },
    { host: '[::1]', port: 80, count: 1, perMs: 1000, text: '[::1]:80:1/s' },
  ]);
  expect(warnings).toEqual([]);
  for (const bad of ['a', 'a:10', 'a:0/s', 'a:1/day', '*:1/s', 'https://a:1/s', '10.0.0.0/8:1/s', 'a:99999:1/s', 'a:0:1/s', 'a=1/s']) {
    await expect(readText(`${minimal}[wirebook]\nrate_limits = ${bad}\n`)).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
  }
});

test('[G38] limits of files and folders for them are read, with their defaults', async () => {
  expect((await readText(minimal)).wirebook.files).toEqual({
    maxFileBytes: 100_000_000,
    maxBytes: 2_000_000_000,
    maxCount: 10_000,
    folders: {},
  });
  const { wirebook, warnings } = await readText(
    `${minimal}[wirebook]\nfile_max_bytes = 5\nfiles_max_bytes = 60\nfiles_max_count = 7\nfile_folders = reports=/srv/re ports, lists = /srv/lists\n  last=/x=y\n`,
  );
  expect(wirebook.files).toEqual({
    maxFileBytes: 5,
    maxBytes: 60,
    maxCount: 7,
    folders: { reports: '/srv/re ports', lists: '/srv/lists', last: '/x=y' },
  });
  expect(warnings).toEqual([]);
  for (const bad of ['/srv', 'a=srv', 'a=../srv', '=/srv', 'a b=/srv', '../a=/srv', 'a=/x, a=/y', '__proto__=/x']) {
    await expect(readText(`${minimal}[wirebook]\nfile_folders = ${bad}\n`)).rejects.toMatchObject({ code: 'CONFIG_OPTION_INVALID' });
  }
});
