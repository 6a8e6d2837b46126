import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { WirebookError } from '@wirebook/errors';
import { openProxyTunnel, type ProxyServer } from '../proxy/proxy-tunnel.ts';

export interface BrokerTls {
  /** PEM text of the certificates that are trusted instead of Node's own list. */
  readonly caPem?: string | undefined;
  /** False gives up chain, name and date checks: an opt-out of the configuration that is logged, never a default. */
  readonly verify: boolean;
  /** The name that the certificate has to carry, where it is not the host. */
  readonly servername?: string | undefined;
}

export interface StompEndpoint {
  readonly host: string;
  readonly port: number;
  /** Undefined: plain TCP, for tests. */
  readonly tls: BrokerTls | undefined;
  /** Undefined: the broker is called directly. */
  readonly proxy?: ProxyServer | undefined;
}

/** What is written to; behind a proxy nothing is writable before the tunnel stands. */
export interface EndpointSocket {
  readonly writable: boolean;
  write(data: string | Uint8Array, done?: () => void): unknown;
  end(): unknown;
  destroy(error?: Error): unknown;
}

export interface SocketEvents {
  /** The connection stands and, with TLS, the certificate is accepted: from now on credentials may be written. */
  readonly onOpen: () => void;
  readonly onData: (chunk: Buffer) => void;
  /** Once; with the reason when it was not closed on purpose. */
  readonly onClose: (error: WirebookError | undefined) => void;
}

/** Opens the socket of an endpoint. It never throws: what cannot even be tried is reported as closed. */
export function openSocket(endpoint: StompEndpoint, events: SocketEvents): EndpointSocket | undefined {
  if (endpoint.proxy !== undefined) return openThroughProxy(endpoint, endpoint.proxy, events);
  try {
    return follow(connectSocket(endpoint), endpoint, events);
  } catch (thrown) {
    const error = toConnectError(thrown, endpoint);
    queueMicrotask(() => events.onClose(error));
    return undefined;
  }
}

function openThroughProxy(endpoint: StompEndpoint, proxy: ProxyServer, events: SocketEvents): EndpointSocket {
  const leaving = new AbortController();
  let inner: Socket | undefined;
  const start = (tunnel: Socket) => {
    try {
      inner = follow(connectSocket(endpoint, tunnel), endpoint, events);
      if (endpoint.tls === undefined) events.onOpen();
    } catch (thrown) {
      tunnel.destroy();
      events.onClose(toConnectError(thrown, endpoint));
    }
  };
  const leave = (error?: Error) => {
    if (inner === undefined) leaving.abort(error ?? onPurpose);
    else inner.destroy(error);
  };
  openProxyTunnel(proxy, endpoint, leaving.signal).then(start, (thrown: unknown) =>
    events.onClose(thrown === onPurpose ? undefined : toConnectError(thrown, endpoint)),
  );
  return {
    get writable() {
      return inner?.writable === true;
    },
    write: (data, done) => inner?.write(data, done),
    end: () => (inner === undefined ? leave() : inner.end()),
    destroy: leave,
  };
}

const onPurpose = new Error('closed before the proxy answered');

function follow(socket: Socket, endpoint: StompEndpoint, events: SocketEvents): Socket {
  let fault: WirebookError | undefined;
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  socket.on(endpoint.tls === undefined ? 'connect' : 'secureConnect', () => {
    // Node has refused it already; this line makes sure that no change of its defaults lets credentials out.
    if (endpoint.tls?.verify === true && (socket as TLSSocket).authorized !== true) {
      socket.destroy(new Error('The certificate was not verified.'));
    } else events.onOpen();
  });
  socket.on('data', events.onData);
  socket.on('error', (error) => {
    fault = error instanceof WirebookError ? error : toConnectError(error, endpoint);
  });
  socket.on('close', () => events.onClose(fault));
  return socket;
}

/** @param tunnel spoken through when there is one; it stands already. */
function connectSocket({ host, port, tls }: StompEndpoint, tunnel?: Socket): Socket {
  if (tls === undefined) return tunnel ?? connectPlain({ host, port });
  if (tls.caPem !== undefined && !tls.caPem.includes('-----BEGIN')) {
    throw new WirebookError('SOAR_TLS_UNTRUSTED', `stomp_cafile holds no certificate in PEM form; ${host}:${port} was not called.`);
  }
  return connectTls({
    ...(tunnel === undefined ? { host, port } : { host, socket: tunnel }),
    minVersion: 'TLSv1.2',
    // Server name indication knows no addresses; without a name Node compares the certificate with the host.
    servername: tls.servername ?? (isIP(host) === 0 ? host : ''),
    rejectUnauthorized: tls.verify,
    ...(tls.caPem === undefined ? {} : { ca: tls.caPem }),
  });
}

const expiredCodes = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CRL_HAS_EXPIRED', 'CRL_NOT_YET_VALID']);
const untrustedCodes =
  /^(?:CERT_|CA_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|HOSTNAME_MISMATCH)/;

/** The coded reason why a socket failed. Nothing of the error but code and text is kept. */
function toConnectError(thrown: unknown, { host, port, tls }: StompEndpoint): WirebookError {
  if (thrown instanceof WirebookError) return thrown;
  const reason = readCode(thrown);
  const text = thrown instanceof Error && thrown.message !== '' ? thrown.message : reason;
  const where = `${host}:${port}`;
  const details = { host, port, reason };
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const name = tls?.servername ?? host;
    const message = `The certificate of the broker at ${where} is for another name than ${name}; no credential was sent. ${text}`;
    return new WirebookError('SOAR_TLS_NAME_MISMATCH', message, undefined, details);
  }
  if (expiredCodes.has(reason)) {
    const message = `The certificate of the broker at ${where} is expired or not valid yet (${reason}); no credential was sent.`;
    return new WirebookError('SOAR_TLS_EXPIRED', message, undefined, details);
  }
  if (untrustedCodes.test(reason)) {
    const message = `The certificate of the broker at ${where} comes from no authority that stomp_cafile names (${reason}); no credential was sent.`;
    return new WirebookError('SOAR_TLS_UNTRUSTED', message, undefined, details);
  }
  const hint = /^(?:EPROTO|ERR_SSL)/.test(reason) ? ' Perhaps the port speaks no TLS 1.2 or newer.' : '';
  return new WirebookError(
    'SOAR_BROKER_UNREACHABLE',
    `The broker at ${where} is not reached (${reason}): ${text}.${hint}`,
    undefined,
    details,
  );
}

function readCode(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'no code';
}
