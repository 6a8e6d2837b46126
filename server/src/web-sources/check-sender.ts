import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '@wirebook/errors';

/** Who may send a request to a source. */
export type SenderCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly header: string; readonly secret: string }
  | { readonly kind: 'hmac'; readonly header: string; readonly algorithm: string; readonly secret: string }
  | { readonly kind: 'basic'; readonly userName: string; readonly secret: string };

export function toSenderCheck(config: JsonObject, secret: string): SenderCheck {
  const header = typeof config.header === 'string' ? config.header.toLowerCase() : '';
  switch (config.authentication) {
    case 'token':
      return { kind: 'token', header: header || 'authorization', secret };
    case 'hmac':
      return { kind: 'hmac', header: header || 'x-hub-signature-256', algorithm: String(config.algorithm), secret };
    case 'basic':
      return { kind: 'basic', userName: String(config.userName), secret };
    default:
      return { kind: 'none' };
  }
}

/** Whether the request comes from somebody who knows the secret; compared in a time that tells nothing. */
export function isSenderKnown(check: SenderCheck, headers: IncomingHttpHeaders, body: Uint8Array): boolean {
  switch (check.kind) {
    case 'none':
      return true;
    case 'token':
      return isSame(readHeader(headers, check.header).replace(/^Bearer\s+/i, ''), check.secret);
    case 'hmac': {
      const given = readHeader(headers, check.header).replace(/^[a-z0-9]+=(?=.)/i, '');
      const digest = createHmac(check.algorithm, check.secret).update(body).digest();
      // Hex in either case; base64 as it is. Both are compared, so that the time does not tell which one was meant.
      const [isHex, isBase64] = [isSame(given.toLowerCase(), digest.toString('hex')), isSame(given, digest.toString('base64'))];
      return isHex || isBase64;
    }
    case 'basic': {
      const [, encoded = ''] = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(readHeader(headers, 'authorization')) ?? [];
      return isSame(Buffer.from(encoded, 'base64').toString('utf8'), `${check.userName}:${check.secret}`);
    }
    default:
      return check satisfies never;
  }
}

/** Of two hashes: their lengths are equal, and tell nothing of the texts. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function readHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
}
