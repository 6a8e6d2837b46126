import { WirebookError } from '@wirebook/errors';
import type { OptionReader } from './option-reader.ts';
import type { Secret } from './secret.ts';

/** `proxy_host`, `proxy_port`, `proxy_user`, `proxy_password`: an HTTP proxy that REST and STOMP go through by CONNECT. */
export interface ProxyConfig {
  readonly host: string;
  readonly port: number;
  readonly login: { readonly user: string; readonly password: Secret } | null;
}

export const servedProxyOptions = ['proxy_host', 'proxy_port', 'proxy_user', 'proxy_password'] as const;

/** @throws CONFIG_OPTION_MISSING, CONFIG_OPTION_INVALID */
export function readProxy(options: OptionReader): ProxyConfig | null {
  const written = options.findText('proxy_host');
  const [user, password] = [options.findText('proxy_user'), options.findSecret('proxy_password')];
  const port = options.readInteger('proxy_port', { min: 0, max: 65_535, fallback: 0 });
  if (written === null) return null;
  const host = written.replace(/^http:\/\//i, '').replace(/\/$/, '');
  if (/[\s/@?#\\]/.test(host))
    throw options.refuse('proxy_host', 'a bare host name or address of an HTTP proxy; its port goes to proxy_port');
  if (port === 0) throw missing('proxy_port', 'proxy_host needs proxy_port');
  if (user !== null && password === null) throw missing('proxy_password', 'proxy_user needs proxy_password');
  if (user === null && password !== null) throw missing('proxy_user', 'proxy_password needs proxy_user');
  if (user?.includes(':') === true) throw options.refuse('proxy_user', 'a name without a colon, as basic authentication asks');
  return { host, port, login: user === null || password === null ? null : { user, password } };
}

function missing(option: string, text: string): WirebookError {
  return new WirebookError('CONFIG_OPTION_MISSING', `[resilient] ${text}`, undefined, { section: 'resilient', option });
}
