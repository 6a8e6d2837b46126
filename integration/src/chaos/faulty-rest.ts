import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Agent as HttpsAgent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { createCertificateStore, type Simulator } from '@wirebook/simulator';

/**
 * What goes wrong with a request. `conflict`, `server-error`, `rate-limit` (with Retry-After): it is refused and not handled. `hang-before`
 * and `close-before`: it is not handled, and no answer comes. `hang-after` and `close-after`: it is handled, and no answer comes.
 */
const restFaultKinds = ['conflict', 'server-error', 'rate-limit', 'hang-before', 'hang-after', 'close-before', 'close-after'] as const;
export type RestFaultKind = (typeof restFaultKinds)[number];

export interface FaultyRestOptions {
  readonly simulator: Simulator;
  /** 0 to below 1. */
  readonly random: () => number;
  /** Part of the writes that goes wrong, 0 to 1; of reads it is a quarter of that. */
  readonly share: number;
}

/** The REST API of the platform behind a network and a gateway that fail at random. */
export interface FaultyRest {
  readonly port: number;
  /** With the CA of its own certificate. */
  readonly caFile: string;
  /** How often each fault struck. */
  readonly counts: Readonly<Record<RestFaultKind, number>>;
  /** Bodies of the PUTs that the platform has handled well, whether or not the answer arrived. */
  readonly handledPuts: readonly string[];
  /** From now on nothing goes wrong any more. */
  heal(): void;
  close(): Promise<void>;
}

const statuses = { conflict: 409, 'server-error': 500, 'rate-limit': 429 } as const;
const retryAfterSeconds = '1';
const readShare = 0.25;

export async function createFaultyRest({ simulator, random, share }: FaultyRestOptions): Promise<FaultyRest> {
  const certificates = await createCertificateStore({ clock: { now: () => Date.now() } });
  const { certPem, keyPem } = await certificates.issue('valid');
  const target = new URL(simulator.restUrl);
  const agent = new HttpsAgent({ keepAlive: true, ca: readFileSync(simulator.caFile, 'utf8') });
  const counts = Object.fromEntries(restFaultKinds.map((kind) => [kind, 0])) as Record<RestFaultKind, number>;
  const handledPuts: string[] = [];
  let isHealed = false;

  function chooseFault(method: string): RestFaultKind | null {
    const kind = restFaultKinds[Math.floor(random() * restFaultKinds.length)] ?? null;
    const strikes = random() < (method === 'GET' ? share * readShare : share);
    if (isHealed || !strikes || kind === null) return null;
    // The platform answers 409 to writes only.
    return kind === 'conflict' && method === 'GET' ? 'server-error' : kind;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const fault = chooseFault(incoming.method ?? 'GET');
    if (fault === null) {
      pass(incoming, { body, onAnswer: (answer) => answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers)), outgoing });
      return;
    }
    counts[fault] += 1;
    switch (fault) {
      case 'conflict':
      case 'server-error':
      case 'rate-limit': {
        const headers = fault === 'rate-limit' ? { 'retry-after': retryAfterSeconds } : {};
        outgoing.writeHead(statuses[fault], { 'content-type': 'application/json', ...headers });
        outgoing.end(JSON.stringify({ success: false, title: null, message: `asked for: ${fault}`, hints: [], error_code: 'generic' }));
        return;
      }
      case 'hang-before':
        return;
      case 'close-before':
        outgoing.destroy();
        return;
      case 'hang-after':
        pass(incoming, { body, onAnswer: (answer) => void answer.resume(), outgoing });
        return;
      case 'close-after':
        pass(incoming, { body, onAnswer: (answer) => void answer.resume().once('end', () => outgoing.destroy()), outgoing });
    }
  }

  function pass(incoming: IncomingMessage, { body, onAnswer, outgoing }: PassOptions): void {
    const onward = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        agent,
        headers: { ...incoming.headers, 'content-length': body.length },
      },
      (answer) => {
        if (incoming.method === 'PUT' && answer.statusCode === 200) handledPuts.push(body.toString('utf8'));
        onAnswer(answer);
      },
    );
    onward.once('error', () => outgoing.destroy());
    onward.end(body);
  }

  const server = createServer({ cert: certPem, key: keyPem }, (incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    caFile: certificates.caFile,
    counts,
    handledPuts,
    heal() {
      isHealed = true;
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await certificates.close();
    },
  };
}

interface PassOptions {
  readonly body: Buffer;
  readonly onAnswer: (answer: IncomingMessage) => void;
  readonly outgoing: ServerResponse;
}
