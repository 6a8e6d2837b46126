import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { JsonValue } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import type { KeyPair } from './certificates.stand-in.ts';

export interface SeenRequest {
  readonly method: string;
  /** Path below /rest with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonValue;
}

export interface PreparedAnswer {
  readonly status?: number;
  readonly json?: JsonValue;
  /** Sent as it is instead of `json`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Cuts the connection instead of answering. */
  readonly cut?: true;
  /** Waits for this before answering. */
  readonly after?: Promise<unknown>;
}

type Answerer = (request: SeenRequest) => PreparedAnswer | undefined;

export interface StandIn {
  readonly port: number;
  readonly seen: SeenRequest[];
  /** TCP connections that were opened. */
  readonly connectionCount: () => number;
  /** Requests other than login and organisation, as "METHOD path". */
  calls(): string[];
  /** Undefined from the answerer gives the usual answer: a session, the organisation, else 404. */
  answer: Answerer;
  close(): Promise<void>;
}

export const sessionAnswer = {
  orgs: [
    { id: 201, name: 'Test Organization', uuid: 'c8165e15', cloud_account: '73c78395', enabled: true },
    { id: 202, name: 'Second', uuid: '61d7ae97', cloud_account: '79ad30f7', enabled: true },
    { id: 404, name: 'Closed', uuid: '14fa4f65', cloud_account: null, enabled: false },
  ],
  csrf_token: 'csrf-token-1',
  user_id: 1,
  session_ip: '10.1.2.3',
};

/** An HTTPS server that remembers what it was asked and answers as a test says; with `clientCaPem` it demands a certificate of the caller. */
export async function startStandIn(pair: KeyPair, { clientCaPem }: { readonly clientCaPem?: string } = {}): Promise<StandIn> {
  let connections = 0;
  const standIn = { seen: [] as SeenRequest[], answer: (() => undefined) as Answerer };
  const asking = clientCaPem === undefined ? {} : { ca: clientCaPem, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ key: pair.key, cert: pair.cert, ...asking }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const path = (request.url ?? '').replace(/^(\/api\/respond)?\/rest/, '');
      const seen = { method: request.method ?? '', path, headers: request.headers, body: text === '' ? null : JSON.parse(text) };
      standIn.seen.push(seen);
      const prepared = standIn.answer(seen) ?? answerAsUsual(seen);
      void (prepared.after ?? Promise.resolve()).then(() => {
        if (prepared.cut === true) request.socket.destroy();
        else response.writeHead(prepared.status ?? 200, prepared.headers).end(prepared.text ?? JSON.stringify(prepared.json));
      });
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(standIn, {
    port: (server.address() as AddressInfo).port,
    connectionCount: () => connections,
    calls: () =>
      standIn.seen
        .filter(({ path }) => !path.startsWith('/session') && !/^\/orgs\/\d+$/.test(path))
        .map(({ method, path }) => `${method} ${path.replace(/^\/orgs\/201/, '')}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export function answerAsUsual({ path }: SeenRequest): PreparedAnswer {
  if (path.startsWith('/session')) {
    return { json: sessionAnswer, headers: { 'set-cookie': ['OTHER=x; Path=/', 'JSESSIONID=cookie-1; Path=/; Secure; HttpOnly'] } };
  }
  if (/^\/orgs\/\d+$/.test(path)) return { json: { id: 201, actions_framework_enabled: true } };
  return { status: 404, json: { success: false, title: null, message: `Unable to find ${path}`, hints: [], error_code: 'generic' } };
}

export interface InstantClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly sleeps: number[];
  /** Called at each sleep, before it ends. */
  onSleep: () => void;
  /** Time limits that run now, in milliseconds; `expire` ends them all. */
  expire(): void;
  readonly runningCount: () => number;
}

/** Time passes at once: a sleep moves the clock by its length and ends. */
export function createInstantClock(): InstantClock {
  let nowMs = Date.UTC(2026, 2, 1, 12);
  const running = new Set<() => void>();
  const clock: InstantClock = {
    sleeps: [],
    onSleep: () => undefined,
    now: () => nowMs,
    monotonicMs: () => nowMs,
    async sleep(delayMs, signal) {
      clock.sleeps.push(delayMs);
      nowMs += delayMs;
      clock.onSleep();
      signal?.throwIfAborted();
    },
    startTimer(_delayMs, onTime) {
      running.add(onTime);
      return { cancel: () => void running.delete(onTime) };
    },
    expire() {
      for (const onTime of [...running]) onTime();
    },
    runningCount: () => running.size,
  };
  return clock;
}
