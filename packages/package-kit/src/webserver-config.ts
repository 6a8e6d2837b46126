import type { OptionReader } from './option-reader.ts';

/** The section [webserver]: where webhooks and web forms are reached. */
export interface WebserverConfig {
  /** `server` (or `host`): the address to listen at; 127.0.0.1 when absent. */
  readonly host: string;
  /** `port`; 9000 when absent, 0 for a free one. */
  readonly port: number;
  /** `certfile`, `keyfile`: PEM files, as written; null: plain HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** `max_body_bytes` of a request; 1 MB when absent. */
  readonly maxBodyBytes: number;
  /** `trusted_proxy`: address of the proxy in front, whose X-Forwarded-For is believed; null when absent: nobody's is. */
  readonly trustedProxy: string | null;
}

export const servedWebserverOptions: ReadonlySet<string> = new Set([
  'server',
  'host',
  'port',
  'secure',
  'certfile',
  'keyfile',
  'max_body_bytes',
  'trusted_proxy',
]);

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/i;

/** @throws CONFIG_OPTION_INVALID */
export function readWebserver(options: OptionReader): WebserverConfig {
  const host = options.findText(options.has('server') ? 'server' : 'host') ?? '127.0.0.1';
  if (/[\s/@?#\\]/.test(host) || host === '') throw options.refuse(options.has('server') ? 'server' : 'host', 'a host name or address');
  const [certFile, keyFile] = [options.findText('certfile'), options.findText('keyfile')];
  if ((certFile === null) !== (keyFile === null)) {
    throw options.refuse(certFile === null ? 'certfile' : 'keyfile', 'the path of a PEM file; certfile and keyfile belong together');
  }
  const isPlainMeant =
    options.readChoice('secure', { allowed: { '0': true, '1': false, false: true, true: false }, fallback: null }) ?? false;
  if (certFile === null && !loopback.test(host) && !isPlainMeant) {
    throw options.refuse(
      'certfile',
      `the path of a PEM file, since "${host}" is reached from other machines; with secure = 0 a proxy in front takes care of TLS`,
    );
  }
  return {
    host,
    port: options.readInteger('port', { min: 0, max: 65_535, fallback: 9000 }),
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
    maxBodyBytes: options.readInteger('max_body_bytes', { min: 1, max: 50_000_000, fallback: 1_000_000 }),
    trustedProxy: options.findText('trusted_proxy'),
  };
}
