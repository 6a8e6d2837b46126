import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { probes } from '@wirebook/api';

export interface ProbeSource {
  /** What keeps it from taking messages; empty when it is ready. */
  readonly findUnready: () => readonly string[];
  /** In the text format of Prometheus. */
  readonly readMetrics: () => Promise<string>;
  /** Null: only this machine may read the numbers. */
  readonly findToken: () => Promise<string | null>;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

const plain = 'text/plain; charset=utf-8';
const prometheus = 'text/plain; version=0.0.4; charset=utf-8';

/** The answer to a GET of one of the probes; undefined for every other path. None of them tells names, addresses or reasons. */
export async function answerProbe(request: IncomingMessage, path: string, source: ProbeSource): Promise<ProbeAnswer | undefined> {
  switch (path) {
    case probes.live:
      return { status: 200, contentType: plain, text: 'alive\n' };
    case probes.ready:
      return source.findUnready().length === 0
        ? { status: 200, contentType: plain, text: 'ready\n' }
        : { status: 503, contentType: plain, text: 'not ready\n' };
    case probes.metrics:
      if (!(await mayReadMetrics(request, source)))
        return { status: 403, contentType: plain, text: 'not from here, or without the token\n' };
      return { status: 200, contentType: prometheus, text: await source.readMetrics() };
    default:
      return undefined;
  }
}

async function mayReadMetrics(request: IncomingMessage, { findToken }: ProbeSource): Promise<boolean> {
  const token = await findToken();
  if (token === null) return isFromThisMachine(request);
  const given = /^Bearer (.{1,500})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(toDigest(given), toDigest(token));
}

/** A proxy on this machine asks for somebody else. */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  const { remoteAddress = '' } = socket;
  return remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress);
}

function toDigest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
