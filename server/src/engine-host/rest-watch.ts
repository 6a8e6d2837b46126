import type { LinkState } from '@wirebook/api';
import { type ErrorCode, getErrorEntry, isErrorCode } from '@wirebook/errors';

type Link = Omit<LinkState, 'sinceMs'>;

interface TriedCall {
  readonly url: string;
  readonly status: number | null;
  readonly code: string | null;
}

/** Whether the platform's REST side answers, by the calls that runs make. */
export interface RestWatch {
  take(call: TriedCall): void;
  /** What is known from elsewhere, such as the login. */
  set(link: Link): void;
}

export interface RestWatchOptions {
  /** Beginning of every address of the platform. */
  readonly origin: () => string;
  readonly onChange: (link: Link) => void;
}

/** Refusals that every further call would meet too. */
const refusals: ReadonlySet<string> = new Set<ErrorCode>(['SOAR_LOGIN_REFUSED']);

export function createRestWatch({ origin, onChange }: RestWatchOptions): RestWatch {
  let current: Link | null = null;
  return {
    take: ({ url, status, code }) => {
      if (!url.startsWith(origin())) return;
      const isDown = status === null || (code !== null && refusals.has(code));
      // A call that was given up says nothing about the platform.
      if (isDown && (code === null || !code.startsWith('SOAR_') || code === 'SOAR_CLIENT_CLOSED')) return;
      const link: Link = isDown ? { status: 'down', reason: describe(code), code } : { status: 'up', reason: null, code: null };
      if (link.status !== current?.status || link.code !== current.code) onChange(link);
    },
    set: (link) => {
      current = link;
    },
  };
}

function describe(code: string | null): string {
  const hint = code !== null && isErrorCode(code) ? getErrorEntry(code).hint : '';
  return `The last REST call of a run got no usable answer. ${hint}`.trimEnd();
}
