import { type ErrorCode, WirebookError } from '@wirebook/errors';

export interface Peer {
  readonly host: string;
  readonly port: number;
}

const untrusted = new Set([
  'CA_MD_TOO_WEAK',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const certificateAlert = /^ERR_SSL_.*ALERT_(?:CERTIFICATE_|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA)/;

/**
 * Tells what a socket, TLS or HTTP library error means. Only code and text of it are kept: such errors drag requests and
 * parser buffers along.
 */
export function toTransportError(thrown: unknown, peer: Peer): WirebookError {
  if (thrown instanceof WirebookError) return thrown;
  const code = readText(thrown, 'code') ?? 'no code';
  const text = thrown instanceof Error && thrown.message !== '' ? thrown.message : code;
  const where = `${peer.host}:${peer.port}`;
  const tls = describeTlsError(code, peer);
  if (tls !== undefined) return coded(tls.code, `${tls.text} (${code}: ${text})`, { host: peer.host, port: peer.port, reason: code });
  if (code === 'UND_ERR_INVALID_ARG') {
    return coded('SOAR_BAD_REQUEST', `the call to ${where} cannot be put into HTTP: ${text}`, { host: peer.host, port: peer.port });
  }
  return coded(
    'SOAR_REST_UNREACHABLE',
    `no answer from the platform at ${where} (${code}: ${text}); nothing is known of a call that was on its way`,
    {
      host: peer.host,
      port: peer.port,
      reason: code,
    },
  );
}

/** The platform's word about the certificate of its caller. */
export function isCertificateAlert(thrown: unknown): boolean {
  return certificateAlert.test(readText(thrown, 'code') ?? '');
}

function describeTlsError(code: string, peer: Peer): { code: ErrorCode; text: string } | undefined {
  const where = `${peer.host}:${peer.port}`;
  if (untrusted.has(code)) {
    return {
      code: 'SOAR_TLS_UNTRUSTED',
      text: `the certificate of ${where} comes from no authority that cafile names; no credential was sent`,
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      code: 'SOAR_TLS_NAME_MISMATCH',
      text: `the certificate of ${where} is for another name than ${peer.host}; no credential was sent`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const state = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
    return { code: 'SOAR_TLS_EXPIRED', text: `the certificate of ${where} ${state}; no credential was sent` };
  }
  if (certificateAlert.test(code)) {
    const text = `${where} asks for a client certificate that it trusts; client_auth_cert names none, or another one`;
    return { code: 'SOAR_TLS_CLIENT_REFUSED', text };
  }
  return undefined;
}

function coded(code: ErrorCode, message: string, details: Readonly<Record<string, string | number>>): WirebookError {
  return new WirebookError(code, message, undefined, details);
}

function readText(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}
