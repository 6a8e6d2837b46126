import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { createCertificateStore } from './certificate-store.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirebook-certificates-test-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('[T1] the CA is made at the first start and kept; only its owner can read the key', async () => {
  const dir = join(folder, 'kept', 'deeper');
  const first = await createCertificateStore({ dir, clock: systemClock });
  const second = await createCertificateStore({ dir, clock: systemClock });
  expect(second.caPem).toBe(first.caPem);
  expect(await readFile(first.caFile, 'utf8')).toBe(first.caPem);
  expect((await stat(join(dir, 'ca.key'))).mode & 0o777).toBe(0o600);
  const issued = new X509Certificate((await second.issue('valid')).certPem);
  expect(issued.verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
  await first.close();
  await second.close();
  expect(existsSync(first.caFile)).toBe(true);
});

test('[T2] without a folder the CA file is a temporary one that close removes', async () => {
  const store = await createCertificateStore({ clock: systemClock });
  expect(await readFile(store.caFile, 'utf8')).toBe(store.caPem);
  await store.close();
  expect(existsSync(store.caFile)).toBe(false);
});

test('[T3] files that are no CA with its key are refused by name and left as they are', async () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  await createCertificateStore({ dir: one, clock: systemClock });
  await createCertificateStore({ dir: two, clock: systemClock });
  const code = 'SIMULATOR_CERTIFICATES_UNREADABLE';
  await writeFile(join(one, 'ca.key'), await readFile(join(two, 'ca.key')));
  await expect(createCertificateStore({ dir: one, clock: systemClock })).rejects.toMatchObject({ code });
  await writeFile(join(one, 'ca.key'), 'no key');
  await expect(createCertificateStore({ dir: one, clock: systemClock })).rejects.toMatchObject({ code });
  await rm(join(one, 'ca.key'));
  await expect(createCertificateStore({ dir: one, clock: systemClock })).rejects.toMatchObject({ code });
  const later = { now: () => systemClock.now() + 20 * 365 * 24 * 3600 * 1000 };
  await expect(createCertificateStore({ dir: two, clock: later })).rejects.toMatchObject({ code });
});

test('[T4] each kind is what it is called, and the same at each call', async () => {
  const store = await createCertificateStore({ clock: systemClock });
  const [valid, wrongHost, expired, untrusted] = await Promise.all(
    (['valid', 'wrong-host', 'expired', 'untrusted'] as const).map(async (kind) => new X509Certificate((await store.issue(kind)).certPem)),
  );
  const ca = new X509Certificate(store.caPem);
  expect(valid?.checkHost('localhost')).toBe('localhost');
  expect(valid?.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(wrongHost?.checkHost('localhost')).toBeUndefined();
  expect(wrongHost?.checkHost('other.example.com')).toBe('other.example.com');
  expect(Date.parse(expired?.validTo ?? '')).toBeLessThan(systemClock.now());
  expect([valid, wrongHost, expired, untrusted].map((each) => each?.verify(ca.publicKey))).toEqual([true, true, true, false]);
  expect(await store.issue('valid')).toEqual(await store.issue('valid'));
  await store.close();
});
