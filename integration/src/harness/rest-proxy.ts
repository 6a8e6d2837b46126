import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Agent as HttpsAgent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { JsonValue } from '@wirebook/errors';
import { createCertificateStore, type Simulator } from '@wirebook/simulator';

/** A request that waits at the proxy. */
interface HeldRequest {
  readonly path: string;
  readonly body: JsonValue;
  /** Lets it go on to the platform. */
  release(): void;
}

/** Stands between an engine and the REST API of the platform. */
export interface RestProxy {
  readonly port: number;
  /** With the CA of its own certificate. */
  readonly caFile: string;
  /** From now on requests with this method whose path matches wait here. */
  hold(method: string, path: RegExp): void;
  /** The next one that waits. */
  nextHeld(): Promise<HeldRequest>;
  /** Nothing waits any more. */
  letGo(): void;
  close(): Promise<void>;
}

export interface RestProxyOptions {
  readonly simulator: Simulator;
  /** Lower-case names of headers that do not pass. */
  readonly stripHeaders?: readonly string[] | undefined;
}

export async function createRestProxy({ simulator, stripHeaders = [] }: RestProxyOptions): Promise<RestProxy> {
  const certificates = await createCertificateStore({ clock: { now: () => Date.now() } });
  const { certPem, keyPem } = await certificates.issue('valid');
  const target = new URL(simulator.restUrl);
  const agent = new HttpsAgent({ keepAlive: true, ca: readFileSync(simulator.caFile, 'utf8') });
  let rule: { method: string; path: RegExp } | null = null;
  const held: (HeldRequest & { isTaken: boolean })[] = [];
  let announce: () => void = () => undefined;

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const path = incoming.url ?? '';
    if (rule !== null && rule.method === incoming.method && rule.path.test(path)) {
      await new Promise<void>((release) => {
        held.push({ path, body: body.length === 0 ? null : JSON.parse(body.toString('utf8')), release, isTaken: false });
        announce();
      });
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !stripHeaders.includes(name)));
    const onward = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path,
        agent,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.once('error', () => outgoing.destroy());
    onward.end(body);
  }

  const server = createServer({ cert: certPem, key: keyPem }, (incoming, outgoing) => {
    pass(incoming, outgoing).catch((error: Error) => outgoing.destroy(error));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();

  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    caFile: certificates.caFile,
    hold: (method, path) => {
      rule = { method, path };
    },
    nextHeld: async () => {
      for (;;) {
        const next = held.find(({ isTaken }) => !isTaken);
        if (next !== undefined) {
          next.isTaken = true;
          return next;
        }
        await new Promise<void>((resolve) => {
          announce = resolve;
        });
      }
    },
    letGo: () => {
      rule = null;
      // Taken off the list too: the next test would be given what waited in this one.
      for (const each of held.splice(0)) each.release();
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await certificates.close();
    },
  };
}
