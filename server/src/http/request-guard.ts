import type { IncomingMessage } from 'node:http';
import { WirebookError } from '@wirebook/errors';
import type { ServerAddress } from './server-address.ts';

/**
 * Refuses requests that name a host which is not ours: some page's DNS name was led here.
 *
 * @throws SERVER_HOST_REFUSED
 */
export function assertHost(request: IncomingMessage, address: ServerAddress): void {
  const host = request.headers.host?.toLowerCase();
  if (host !== undefined && address.hosts.has(host)) return;
  throw new WirebookError('SERVER_HOST_REFUSED', 'this server does not answer under the host name that the request used');
}

/**
 * Refuses requests that another page made: the origin must be that of the host asked, to the letter.
 *
 * @param isNeeded a request without the header is refused too.
 * @throws SERVER_ORIGIN_REFUSED
 */
export function assertOrigin(request: IncomingMessage, address: ServerAddress, isNeeded: boolean): void {
  const { origin, host } = request.headers;
  if (origin === undefined && !isNeeded) return;
  if (origin !== undefined && host !== undefined && origin === `${address.isHttps ? 'https' : 'http'}://${host.toLowerCase()}`) return;
  throw new WirebookError('SERVER_ORIGIN_REFUSED', 'the request came from a page of another origin, or named none');
}
