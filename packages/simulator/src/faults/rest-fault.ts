/** Which requests a fault strikes; all of them when neither is given. */
export interface RestFaultTarget {
  /** Upper case, such as `PUT`. */
  readonly method?: string | undefined;
  /** Path below the host, `*` for any run of characters: `/rest/orgs/201/incidents/*`. */
  readonly path?: string | undefined;
  /** How many requests it strikes; 1 unless given. */
  readonly count?: number | undefined;
}

/** What goes wrong with a REST request on purpose. */
export type RestFault = RestFaultTarget &
  (
    | { readonly kind: 'delay'; readonly delayMs: number }
    /** Answers with this status and the platform's error body, without handling the request. */
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly message?: string | undefined;
        /** Header Retry-After of the answer, in seconds. */
        readonly retryAfterSeconds?: number | undefined;
      }
    /** Ends the connection: before the request is handled, or when it is handled and before the answer is sent. */
    | { readonly kind: 'cut'; readonly moment: 'before' | 'after' }
    /** Handles the request and answers 200 with bytes that are no JSON. */
    | { readonly kind: 'garbage' }
  );

export interface RestFaults {
  add(fault: RestFault): void;
  /** The faults that strike this request, each counted down by one. */
  take(method: string, path: string): readonly RestFault[];
  clear(): void;
}

export function createRestFaults(): RestFaults {
  let active: { fault: RestFault; matcher: RegExp; left: number }[] = [];
  return {
    add(fault) {
      active.push({ fault, matcher: toMatcher(fault.path ?? '*'), left: fault.count ?? 1 });
    },
    take(method, path) {
      if (active.length === 0) return [];
      const struck = active.filter(({ fault, matcher }) => (fault.method ?? method) === method && matcher.test(path));
      for (const entry of struck) entry.left -= 1;
      active = active.filter((entry) => entry.left > 0);
      return struck.map((entry) => entry.fault);
    },
    clear() {
      active = [];
    },
  };
}

function toMatcher(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
