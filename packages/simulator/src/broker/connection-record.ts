import type { CertificateKind } from '../certificates/certificate-kind.ts';

/** What the broker saw of one connection attempt; stays readable after the connection has ended. */
export interface ConnectionRecord {
  readonly number: number;
  readonly openedAtMs: number;
  readonly closedAtMs: number | undefined;
  /** `plain` for bytes that were no TLS, or a broker without TLS. */
  readonly transport: 'handshake' | 'secured' | 'handshake failed' | 'plain';
  /** Which certificate was shown. */
  readonly certificate: CertificateKind | undefined;
  /** Bytes that arrived above TLS; 0 when the client left after it had seen the certificate. */
  readonly applicationBytes: number;
  /** True once `login:` or `passcode:` arrived, inside TLS or outside. */
  readonly credentialBytesSeen: boolean;
  /** Name of the principal that logged in. */
  readonly principal: string | undefined;
}

/** The record while its connection writes to it. */
export type OpenConnectionRecord = { -readonly [Key in keyof ConnectionRecord]: ConnectionRecord[Key] };

const KEPT_RECORDS = 1000;

export interface ConnectionLog {
  open(openedAtMs: number, certificate: CertificateKind | undefined): OpenConnectionRecord;
  /** Newest last, at most 1,000. */
  list(): readonly ConnectionRecord[];
}

export function createConnectionLog(): ConnectionLog {
  const records: OpenConnectionRecord[] = [];
  let lastNumber = 0;
  return {
    open(openedAtMs, certificate) {
      lastNumber += 1;
      const record: OpenConnectionRecord = {
        number: lastNumber,
        openedAtMs,
        closedAtMs: undefined,
        transport: 'handshake',
        certificate,
        applicationBytes: 0,
        credentialBytesSeen: false,
        principal: undefined,
      };
      records.push(record);
      if (records.length > KEPT_RECORDS) records.shift();
      return record;
    },
    list: () => records.map((record) => ({ ...record })),
  };
}
