import { request } from 'node:http';
import type { Socket } from 'node:net';
import { WirebookError } from '@wirebook/errors';

/** An HTTP proxy that opens tunnels on request (CONNECT). */
export interface ProxyServer {
  readonly host: string;
  readonly port: number;
  /** Sent as basic authentication; undefined for a proxy that asks for none. */
  readonly login?: { readonly user: string; readonly password: string } | undefined;
}

interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

const longestReason = 200;

/**
 * A TCP connection to the target through the proxy. TLS is spoken inside of it, so the proxy sees host and port and nothing else.
 *
 * @throws SOAR_PROXY_UNREACHABLE, SOAR_PROXY_LOGIN_REFUSED, SOAR_PROXY_REFUSED, and the reason of the signal.
 */
export function openProxyTunnel(proxy: ProxyServer, target: TunnelTarget, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const where = `${proxy.host}:${proxy.port}`;
  const details = { host: target.host, port: target.port, proxy: where };
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(toError(signal.reason));
      return;
    }
    const asking = request({
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...(proxy.login === undefined ? {} : { 'proxy-authorization': toBasic(proxy.login) }) },
      agent: false,
    });
    const giveUp = () => {
      asking.destroy();
      fail(toError(signal.reason));
    };
    const fail = (error: Error) => {
      signal.removeEventListener('abort', giveUp);
      reject(error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    asking.once('connect', ({ statusCode = 0, statusMessage = '' }, stream, head) => {
      const socket = stream as Socket;
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(describeRefusal({ statusCode, statusMessage }, { where, authority, hasLogin: proxy.login !== undefined, details }));
        return;
      }
      signal.removeEventListener('abort', giveUp);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    // Anything but a tunnel is an answer to another question.
    asking.once('response', (response) => {
      response.destroy();
      fail(new WirebookError('SOAR_PROXY_REFUSED', `the proxy ${where} answered CONNECT ${authority} with no tunnel`, undefined, details));
    });
    asking.on('error', (error: NodeJS.ErrnoException) => {
      const text = `the proxy ${where} is not reached or speaks no HTTP (${error.code ?? 'no code'}: ${error.message})`;
      fail(new WirebookError('SOAR_PROXY_UNREACHABLE', text, undefined, { ...details, reason: error.code ?? 'no code' }));
    });
    asking.end();
  });
}

interface RefusalFacts {
  readonly where: string;
  readonly authority: string;
  readonly hasLogin: boolean;
  readonly details: Readonly<Record<string, string | number>>;
}

function describeRefusal(
  { statusCode, statusMessage }: { readonly statusCode: number; readonly statusMessage: string },
  { where, authority, hasLogin, details }: RefusalFacts,
): WirebookError {
  const status = `${statusCode} ${statusMessage.slice(0, longestReason)}`.trim();
  if (statusCode === 407) {
    const reason = hasLogin ? 'refused proxy_user and proxy_password' : 'asks for proxy_user and proxy_password, which are not set';
    return new WirebookError('SOAR_PROXY_LOGIN_REFUSED', `the proxy ${where} ${reason} (${status})`, undefined, {
      ...details,
      status: statusCode,
    });
  }
  const text = `the proxy ${where} opens no tunnel to ${authority} (${status})`;
  return new WirebookError('SOAR_PROXY_REFUSED', text, undefined, { ...details, status: statusCode });
}

function toBasic({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
