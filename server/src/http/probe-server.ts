import { createServer } from 'node:http';
import { WirebookError } from '@wirebook/errors';
import { toListenError } from './listen.ts';
import { answerProbe, type ProbeSource } from './probes.ts';
import { toServerAddress } from './server-address.ts';

export interface ProbeServer {
  readonly url: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const headersTimeoutMs = 5000;

/**
 * The probes alone, on this machine only, for an engine that has no server.
 *
 * @param port 0 picks a free one.
 * @throws SERVER_PORT_IN_USE, SERVER_ADDRESS_UNUSABLE
 */
export async function openProbeServer(port: number, source: ProbeSource): Promise<ProbeServer> {
  const server = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: headersTimeoutMs });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  const address = toServerAddress({ host, port: boundPort, machine: [] });
  server.on('request', (request, response) => {
    const say = (status: number, contentType: string, text: string) =>
      response
        .writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
        .end(text);
    const plain = 'text/plain; charset=utf-8';
    if (!address.hosts.has(request.headers.host?.toLowerCase() ?? '')) {
      say(421, plain, 'this server does not answer under that name\n');
      return;
    }
    if (request.method !== 'GET') {
      say(405, plain, 'only GET\n');
      return;
    }
    const [path = ''] = (request.url ?? '').split('?');
    answerProbe(request, path, source).then(
      (probe) => (probe === undefined ? say(404, plain, 'nothing is here\n') : say(probe.status, probe.contentType, probe.text)),
      (thrown: unknown) => say(500, plain, `${thrown instanceof WirebookError ? thrown.code : 'SERVER_INTERNAL'}\n`),
    );
  });
  return {
    url: address.url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
