import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface TestCertificates {
  readonly caPem: string;
  /** For localhost and 127.0.0.1. */
  readonly valid: KeyPair;
  readonly wrongName: KeyPair;
  readonly expired: KeyPair;
  /** From an authority of its own. */
  readonly untrusted: KeyPair;
  /** Of a caller, from the same authority. */
  readonly client: KeyPair;
}

/** Fresh certificates, made with the openssl command. */
export function makeTestCertificates(): TestCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-certificates-'));
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const makeAuthority = (name: string) =>
    run('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2');
  const makeLeaf = (name: string, leaf: { ca: string; names: string; days: string }): KeyPair => {
    run('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${leaf.names}\n`);
    const signer = ['-CA', `${leaf.ca}.pem`, '-CAkey', `${leaf.ca}.key`, '-CAcreateserial'];
    run('x509', '-req', '-in', `${name}.csr`, ...signer, '-days', leaf.days, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
  };
  const names = 'DNS:localhost,IP:127.0.0.1';
  try {
    makeAuthority('ca');
    makeAuthority('stranger');
    return {
      caPem: read('ca.pem'),
      valid: makeLeaf('valid', { ca: 'ca', names, days: '2' }),
      wrongName: makeLeaf('wrong', { ca: 'ca', names: 'DNS:other.example', days: '2' }),
      expired: makeLeaf('expired', { ca: 'ca', names, days: '-1' }),
      client: makeLeaf('caller', { ca: 'ca', names: 'DNS:caller.example', days: '2' }),
      untrusted: makeLeaf('untrusted', { ca: 'stranger', names, days: '2' }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
