import type { LinkState } from '@wirebook/api';
import type { PlatformSide } from './engine-channel.ts';

/** How the two sides of the platform are reached. */
export type PlatformLinks = Readonly<Record<PlatformSide, LinkState>>;

/** Before anybody tried. */
export function unknownLinks(atMs: number): PlatformLinks {
  const link: LinkState = { status: 'unknown', reason: null, code: null, sinceMs: atMs };
  return { rest: link, broker: link };
}
