import { isIPv6 } from 'node:net';
import { WirebookError } from '@wirebook/errors';

export interface RestAddress {
  readonly host: string;
  readonly port: number;
  readonly resourcePrefix?: string | undefined;
}

/** The address of a path below `/rest`; refuses whatever would lead out of `below`. */
export type ResolveRestUrl = (below: string, path: string, query?: Readonly<Record<string, string>>) => URL;

/** @throws CONFIG_OPTION_INVALID for a host that is more than a name or an address. */
export function createRestUrls(address: RestAddress): ResolveRestUrl {
  const host = isIPv6(address.host) ? `[${address.host}]` : address.host;
  const origin = URL.canParse(`https://${host}:${address.port}`) ? new URL(`https://${host}:${address.port}`) : undefined;
  if (origin === undefined || origin.hostname !== host.toLowerCase() || origin.pathname !== '/') {
    throw new WirebookError(
      'CONFIG_OPTION_INVALID',
      `host "${address.host}", port ${address.port}: give a bare host name or address, no URL`,
    );
  }
  const prefix = (address.resourcePrefix ?? '').replace(/^\/+|\/+$/g, '');
  const root = `${origin.origin}${prefix === '' ? '' : `/${prefix}`}/rest`;
  return (below, path, query) => {
    assertRestPath(path);
    const url = new URL(`${root}${below}${path}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, value);
    return url;
  };
}

/** @throws SOAR_PATH_INVALID */
function assertRestPath(path: string): void {
  const [route = ''] = path.split('?', 1);
  if (path !== '' && !path.startsWith('/')) throw refusePath(path, 'it must begin with "/"');
  if (/[\\#\p{Cc}]/u.test(path)) throw refusePath(path, 'it must not contain "\\", "#" or control characters');
  const climbs = route.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
  if (climbs) throw refusePath(path, 'it must not contain "." or ".." as a part');
}

function refusePath(path: string, reason: string): WirebookError {
  return new WirebookError('SOAR_PATH_INVALID', `path "${path}" of a REST call: ${reason}, e.g. /incidents/2314`);
}
