import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Readable } from 'node:stream';
import { WirebookError } from '@wirebook/errors';
import type { Clock, PlatformContent, SizedContent } from '@wirebook/node-kit';
import { Agent, buildConnector, request } from 'undici';
import { openProxyTunnel, type ProxyServer } from '../proxy/proxy-tunnel.ts';
import { linkAbort } from './linked-abort.ts';
import type { PlatformTls } from './platform-client-options.ts';
import { isCertificateAlert, toTransportError } from './transport-error.ts';

interface HttpMessage {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | SizedContent | undefined;
  /** Takes the content of a 2xx answer; its text is empty then. What it throws is the failure. */
  readonly takeContent?: ((content: PlatformContent) => Promise<void>) | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type HttpOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly text: string;
    }
  /** `sent: 'no'` is certain: no connection, or no trusted TLS, so the platform saw nothing of the message. */
  | { readonly kind: 'failure'; readonly error: WirebookError; readonly sent: 'no' | 'perhaps' }
  | { readonly kind: 'aborted'; readonly reason: unknown };

/** One HTTP message, one outcome: no retry, no redirect, no session. */
export interface HttpExchange {
  send(message: HttpMessage): Promise<HttpOutcome>;
  close(): Promise<void>;
}

export interface HttpExchangeOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: PlatformTls;
  readonly proxy?: ProxyServer | undefined;
  readonly connectTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxResponseBytes: number;
  readonly clock: Clock;
}

const timedOut = Symbol('timed out');

/** @throws CONFIG_OPTION_INVALID when a PEM text holds no certificate, or no key that belongs to it. */
export function createHttpExchange(options: HttpExchangeOptions): HttpExchange {
  const { caPem, client } = options.tls;
  if (caPem !== undefined) assertCertificates(caPem, 'cafile');
  if (client !== undefined) assertKeyPair(client);
  const connect = buildConnector({
    timeout: options.connectTimeoutMs,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: options.tls.verify,
    ...(caPem === undefined ? {} : { ca: caPem }),
    ...(client === undefined ? {} : { cert: client.certPem, key: client.keyPem }),
  });
  const closing = new AbortController();
  const reach = options.proxy === undefined ? connect : tunnelThrough(options.proxy, { connect, options, closed: closing.signal });
  // Whatever fails inside the connector failed before a byte of the message was written.
  const connectFailures = new WeakSet<object>();
  /** A platform that refuses the caller's certificate says so and closes; undici tells of the close only, so the alert is kept here. */
  let alerts: readonly Error[] = [];
  const agent = new Agent({
    connections: options.maxConnections,
    pipelining: 1,
    connect: (target, callback) =>
      reach(target, (error, socket) => {
        if (error !== null) {
          connectFailures.add(error);
          callback(error, null);
        } else {
          socket.on('error', (alert) => {
            if (isCertificateAlert(alert)) alerts = [alert];
          });
          callback(null, socket);
        }
      }),
  });

  async function send(message: HttpMessage): Promise<HttpOutcome> {
    const linked = linkAbort([message.signal]);
    const alertsBefore = alerts;
    const timer = options.clock.startTimer(message.timeoutMs, () => linked.abort(timedOut));
    try {
      const response = await request(message.url, {
        method: message.method,
        headers:
          typeof message.body === 'object' ? { ...message.headers, 'content-length': String(message.body.sizeBytes) } : message.headers,
        body: typeof message.body === 'object' ? Readable.from(message.body.read()) : (message.body ?? null),
        dispatcher: agent,
        signal: linked.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      if (message.takeContent !== undefined && response.statusCode >= 200 && response.statusCode < 300) {
        const contentType = String(response.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? '';
        await message.takeContent({ contentType: contentType.trim(), read: response.body });
        return { kind: 'answer', status: response.statusCode, headers: response.headers, text: '' };
      }
      const text = await readBounded(response.body, options.maxResponseBytes);
      if (text === undefined) return { kind: 'failure', error: refuseSize(message, options.maxResponseBytes), sent: 'perhaps' };
      return { kind: 'answer', status: response.statusCode, headers: response.headers, text };
    } catch (thrown) {
      if (message.signal.aborted) return { kind: 'aborted', reason: message.signal.reason };
      if (linked.signal.aborted) return { kind: 'failure', error: describeTimeout(message, options), sent: 'perhaps' };
      // Whoever takes or gives the content says what went wrong with it; what breaks on the way is no coded error.
      if (thrown instanceof WirebookError) return { kind: 'failure', error: thrown, sent: 'perhaps' };
      const unsent = typeof thrown === 'object' && thrown !== null && connectFailures.has(thrown);
      return {
        kind: 'failure',
        error: toTransportError(alerts === alertsBefore ? thrown : alerts[0], options),
        sent: unsent ? 'no' : 'perhaps',
      };
    } finally {
      timer.cancel();
      linked.unlink();
    }
  }

  return {
    send,
    close: () => {
      closing.abort(new WirebookError('SOAR_CLIENT_CLOSED', `the connection to ${options.host}:${options.port} was given up`));
      return agent.destroy();
    },
  };
}

interface TunnelParts {
  readonly connect: buildConnector.connector;
  readonly options: HttpExchangeOptions;
  readonly closed: AbortSignal;
}

/** The same connector, with a tunnel in place of the TCP connection. */
function tunnelThrough(proxy: ProxyServer, { connect, options, closed }: TunnelParts): buildConnector.connector {
  return (target, callback) => {
    const patience = new AbortController();
    const timer = options.clock.startTimer(options.connectTimeoutMs, () => {
      const text = `the proxy ${proxy.host}:${proxy.port} opened no tunnel within ${options.connectTimeoutMs} ms`;
      patience.abort(new WirebookError('SOAR_PROXY_UNREACHABLE', text, undefined, { host: options.host, port: options.port }));
    });
    openProxyTunnel(proxy, options, AbortSignal.any([patience.signal, closed])).then(
      (tunnel) => {
        timer.cancel();
        connect({ ...target, httpSocket: tunnel }, callback);
      },
      (thrown: unknown) => {
        timer.cancel();
        callback(thrown instanceof Error ? thrown : new Error(String(thrown)), null);
      },
    );
  };
}

async function readBounded(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuseSize(message: HttpMessage, maxBytes: number): WirebookError {
  const text = `${message.method} ${message.url.pathname}: the answer is larger than ${maxBytes} bytes and was not read; ask for less`;
  return new WirebookError('SOAR_RESPONSE_TOO_LARGE', text, undefined, {
    method: message.method,
    path: message.url.pathname,
    limitBytes: maxBytes,
  });
}

function describeTimeout(message: HttpMessage, peer: { host: string; port: number }): WirebookError {
  const text = `${message.method} ${message.url.pathname}: ${peer.host}:${peer.port} gave no full answer within ${message.timeoutMs} ms`;
  return new WirebookError('SOAR_REST_TIMEOUT', text, undefined, {
    method: message.method,
    path: message.url.pathname,
    timeoutMs: message.timeoutMs,
  });
}

function assertCertificates(pem: string, option: string): void {
  const blocks = pem.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new WirebookError(
      'CONFIG_OPTION_INVALID',
      `${option} holds no certificate; it must be a PEM file with "-----BEGIN CERTIFICATE-----" blocks`,
    );
  }
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (thrown) {
      throw new WirebookError('CONFIG_OPTION_INVALID', `${option}: certificate ${index + 1} of ${blocks.length} cannot be read`, thrown);
    }
  }
}

/** The first certificate of the file is the caller's own; those of the authorities between follow. */
function assertKeyPair({ certPem, keyPem }: NonNullable<PlatformTls['client']>): void {
  assertCertificates(certPem, 'client_auth_cert');
  if (!new X509Certificate(certPem).checkPrivateKey(readKey(keyPem))) {
    throw new WirebookError('CONFIG_OPTION_INVALID', 'client_auth_key is not the key of the first certificate in client_auth_cert');
  }
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch (thrown) {
    // The library's text says what is wrong with the file and holds nothing of the key.
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const text = `client_auth_key holds no private key that can be read (${reason}); it must be a PEM file without a passphrase`;
    throw new WirebookError('CONFIG_OPTION_INVALID', text);
  }
}
