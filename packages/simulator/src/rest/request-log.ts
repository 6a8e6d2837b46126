import type { JsonValue } from '../json-value.ts';

/** One REST request as tests look at it. Secrets are not in it. */
export interface RequestRecord {
  readonly at: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headerNames: readonly string[];
  /** Whether `X-Co3ContextToken` was sent, and named a message of this simulator. */
  readonly contextToken: 'none' | 'known' | 'unknown';
  readonly credentialsSeen: boolean;
  /** What a write carried; null for reads and logins, and until it is answered. */
  body: JsonValue;
  /** Null while it is being answered, and for a connection that was cut. */
  status: number | null;
}

export interface RequestLog {
  add(record: RequestRecord): void;
  /** Newest last. */
  list(): readonly RequestRecord[];
  clear(): void;
}

const keptCount = 2000;

export function createRequestLog(): RequestLog {
  let records: RequestRecord[] = [];
  return {
    add(record) {
      records.push(record);
      if (records.length > 2 * keptCount) records = records.slice(-keptCount);
    },
    list: () => records.slice(-keptCount),
    clear() {
      records = [];
    },
  };
}
