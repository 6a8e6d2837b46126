import { expect, test } from 'vitest';
import { findSecret, listSecretNames } from './app-config.ts';
import { minimal, readText } from './read-text.stand-in.ts';

test('[G30] the section [wirebook] may be absent', async () => {
  expect((await readText(minimal)).wirebook).toEqual({
    dataDir: null,
    circuit: { failures: 5, openMs: 30_000 },
    rateLimits: [],
    completionPolicy: 'transaction',
    maxMessageBytes: 16_777_216,
    heldMaxBytes: 67_108_864,
    destinationRunLimit: null,
    takenOverLimit: 100_000,
    poisonLimits: { maxMessages: 10_000, maxBytes: 1_000_000_000 },
    httpAllowedHosts: null,
    metricsToken: null,
    logFormat: 'json',
    files: { maxFileBytes: 100_000_000, maxBytes: 2_000_000_000, maxCount: 10_000, folders: {} },
  });
});

test('[G30] the options of [wirebook] are read', async () => {
  const { wirebook } = await readText(
    `${minimal}[wirebook]\ndata_dir = data\ncompletion_policy = Reply-Then-Settle\nmax_message_bytes = 8000000\nheld_max_bytes = 20000000\ndestination_runs = 5\ntaken_over_max_messages = 2000\npoison_max_messages = 5\npoison_max_bytes = 2000000\n`,
  );
  expect(wirebook).toMatchObject({
    dataDir: 'data',
    completionPolicy: 'reply-then-settle',
    maxMessageBytes: 8_000_000,
    heldMaxBytes: 20_000_000,
    destinationRunLimit: 5,
    takenOverLimit: 2000,
  });
  expect(wirebook.poisonLimits).toEqual({ maxMessages: 5, maxBytes: 2_000_000 });
  await expect(readText(`${minimal}[wirebook]\ncompletion_policy = constructor\n`)).rejects.toMatchObject({
    code: 'CONFIG_OPTION_INVALID',
    message: '[wirebook] completion_policy: got "constructor"; allowed is one of transaction, reply-then-settle',
  });
});

test('[G32] a secret is an option of [secrets], else a variable of its own', async () => {
  const text = `${minimal}[secrets]\nJira-Token = one\nfrom_env = $T\nbroken = $NOWHERE\nkept = ^k\n`;
  const config = await readText(text, { T: 'two', WIREBOOK_SECRET_OTHER_TOKEN: 'three', NOT_MINE: 'four' });
  const reveal = (name: string) => findSecret(config, name)?.reveal();
  expect(['jira-token', 'FROM_ENV', 'other-token', 'NOT_MINE', 'constructor', '__proto__'].map(reveal)).toEqual([
    'one',
    'two',
    'three',
    undefined,
    undefined,
    undefined,
  ]);
  expect(() => reveal('broken')).toThrow(
    expect.objectContaining({ code: 'CONFIG_SECRET_UNRESOLVED', message: '[secrets] broken: the environment variable NOWHERE is not set' }),
  );
  expect(() => reveal('kept')).toThrow(expect.objectContaining({ code: 'CONFIG_KEYSTORE_UNAVAILABLE' }));
});

test('[G33] the names of the secrets that have a value are listed', async () => {
  const config = await readText(`${minimal}[secrets]\nzeta = one\nfrom_env = $T\nbroken = $NOWHERE\n`, { T: 'two' });
  expect(listSecretNames(config)).toEqual(['from_env', 'zeta']);
  expect(listSecretNames(await readText(minimal))).toEqual([]);
});
