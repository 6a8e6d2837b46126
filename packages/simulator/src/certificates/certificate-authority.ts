// The library's container needs it, and before anything of the library is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { IssuedCertificate } from './certificate-kind.ts';

cryptoProvider.set(globalThis.crypto);

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3600 * 1000;
const CA_DAYS = 3650;

export interface CertificateAuthority {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface ServerCertificateRequest {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

function serialNumber(): string {
  // A leading 01 keeps the number positive.
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function writeKey(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

export async function makeAuthority(name: string, nowMs: number): Promise<CertificateAuthority> {
  const keys = await makeKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + CA_DAYS * DAY_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

export async function writeAuthority({ certificate, keys }: CertificateAuthority): Promise<IssuedCertificate> {
  return { certPem: certificate.toString('pem'), keyPem: await writeKey(keys.privateKey) };
}

/** @throws whatever the library says of PEM text that is no certificate with its key. */
export async function readAuthority({ certPem, keyPem }: IssuedCertificate): Promise<CertificateAuthority> {
  const certificate = new X509Certificate(certPem);
  const [keyBytes] = PemConverter.decode(keyPem);
  if (keyBytes === undefined) throw new Error('the key file holds no PEM block');
  const privateKey = await webcrypto.subtle.importKey('pkcs8', keyBytes, algorithm, true, ['sign']);
  const publicKey = await certificate.publicKey.export(algorithm, ['verify']);
  const probe = new TextEncoder().encode('do certificate and key belong together');
  const signature = await webcrypto.subtle.sign(algorithm, privateKey, probe);
  if (!(await webcrypto.subtle.verify(algorithm, publicKey, signature, probe)))
    throw new Error('certificate and key do not belong together');
  return { certificate, keys: { privateKey, publicKey } };
}

export async function issueServerCertificate(
  authority: CertificateAuthority,
  { commonName, dnsNames, ipAddresses, notBeforeMs, notAfterMs }: ServerCertificateRequest,
): Promise<IssuedCertificate> {
  const keys = await makeKeys();
  const names = [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...ipAddresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${commonName}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(notBeforeMs),
    notAfter: new Date(notAfterMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      // Strict verifiers (Python 3.13) refuse a certificate without it.
      await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: await writeKey(keys.privateKey) };
}
