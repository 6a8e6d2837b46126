/** Server certificates for tests: one that verifies for localhost and 127.0.0.1, and three that must be refused. */
export type CertificateKind = 'valid' | 'wrong-host' | 'expired' | 'untrusted';

export const certificateKinds: readonly CertificateKind[] = ['valid', 'wrong-host', 'expired', 'untrusted'];

export interface IssuedCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}
