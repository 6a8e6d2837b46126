import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WirebookError } from '@wirebook/errors';
import type { Clock } from '../clock.ts';
import {
  type CertificateAuthority,
  issueServerCertificate,
  makeAuthority,
  readAuthority,
  type ServerCertificateRequest,
  writeAuthority,
} from './certificate-authority.ts';
import type { CertificateKind, IssuedCertificate } from './certificate-kind.ts';

export interface CertificateStore {
  /** A file with the CA's certificate, for a client's `cafile`. */
  readonly caFile: string;
  readonly caPem: string;
  /** The certificate of this kind, the same one each time. */
  issue(kind: CertificateKind): Promise<IssuedCertificate>;
  /** Removes the CA file when it was a temporary one. */
  close(): Promise<void>;
}

export interface CertificateStoreOptions {
  /** Where `ca.pem` and `ca.key` (mode 0600) are kept; without it the CA lasts as long as the store. */
  readonly dir?: string | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

const DAY_MS = 24 * 3600 * 1000;
const authorityName = 'Wirebook Simulator CA';

/**
 * The simulator's CA, made at the first start, and server certificates under it.
 *
 * @throws WirebookError SIMULATOR_CERTIFICATES_UNREADABLE when the folder holds files that are no CA.
 */
export async function createCertificateStore({ dir, clock }: CertificateStoreOptions): Promise<CertificateStore> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'wirebook-simulator-ca-')));
  const caFile = join(folder, 'ca.pem');
  const authority = await openAuthority(folder, clock);
  const issued = new Map<CertificateKind, Promise<IssuedCertificate>>();

  async function make(kind: CertificateKind): Promise<IssuedCertificate> {
    const nowMs = clock.now();
    const signer = kind === 'untrusted' ? await makeAuthority('Unknown CA', nowMs) : authority;
    return await issueServerCertificate(signer, requestFor(kind, nowMs));
  }

  return {
    caFile,
    caPem: authority.certificate.toString('pem'),
    issue(kind) {
      const known = issued.get(kind);
      if (known !== undefined) return known;
      const making = make(kind);
      issued.set(kind, making);
      return making;
    },
    async close() {
      if (dir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function requestFor(kind: CertificateKind, nowMs: number): ServerCertificateRequest {
  const isWrongHost = kind === 'wrong-host';
  return {
    commonName: isWrongHost ? 'other.example.com' : 'localhost',
    dnsNames: isWrongHost ? ['other.example.com'] : ['localhost'],
    ipAddresses: isWrongHost ? [] : ['127.0.0.1'],
    notBeforeMs: nowMs - (kind === 'expired' ? 30 : 1) * DAY_MS,
    notAfterMs: kind === 'expired' ? nowMs - DAY_MS : nowMs + 365 * DAY_MS,
  };
}

async function openAuthority(folder: string, clock: Pick<Clock, 'now'>): Promise<CertificateAuthority> {
  const certFile = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca.key');
  const [certPem, keyPem] = await Promise.all([readIfThere(certFile), readIfThere(keyFile)]);
  if (certPem === undefined && keyPem === undefined) return await makeFiles(folder, certFile, keyFile, clock);
  if (certPem === undefined || keyPem === undefined) {
    throw new WirebookError('SIMULATOR_CERTIFICATES_UNREADABLE', `${folder} holds only one of ca.pem and ca.key`);
  }
  try {
    const authority = await readAuthority({ certPem, keyPem });
    if (authority.certificate.notAfter.getTime() > clock.now()) return authority;
  } catch (cause) {
    throw new WirebookError('SIMULATOR_CERTIFICATES_UNREADABLE', `${certFile} and ${keyFile} are not a CA and its key`, cause);
  }
  throw new WirebookError('SIMULATOR_CERTIFICATES_UNREADABLE', `the CA in ${certFile} has expired`);
}

async function makeFiles(folder: string, certFile: string, keyFile: string, clock: Pick<Clock, 'now'>): Promise<CertificateAuthority> {
  const authority = await makeAuthority(authorityName, clock.now());
  const { certPem, keyPem } = await writeAuthority(authority);
  await mkdir(folder, { recursive: true });
  await writeFile(keyFile, keyPem, { mode: 0o600 });
  await chmod(keyFile, 0o600);
  await writeFile(certFile, certPem);
  return authority;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new WirebookError('SIMULATOR_CERTIFICATES_UNREADABLE', `${file} cannot be read`, cause);
  }
}
