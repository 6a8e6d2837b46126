import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyStandIn {
  readonly port: number;
  /** What was asked for, as "host:port", with the user of the basic authentication. */
  readonly asked: { readonly target: string; readonly user: string | null }[];
  /** Every byte that clients wrote into tunnels. */
  readonly carried: () => Buffer;
  close(): Promise<void>;
}

export interface ProxyStandInOptions {
  readonly login?: { readonly user: string; readonly password: string };
  /** A status in place of the tunnel. */
  readonly refuseWith?: number;
  /** Takes the request and says nothing. */
  readonly isSilent?: boolean;
}

/** A real CONNECT proxy on loopback, which asks for a login when it has one. */
export async function startProxyStandIn({ login, refuseWith, isSilent }: ProxyStandInOptions = {}): Promise<ProxyStandIn> {
  const asked: { target: string; user: string | null }[] = [];
  const carried: Buffer[] = [];
  const sockets = new Set<Socket>();
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, stream, head) => {
    const client = stream as Socket;
    const written = request.headers['proxy-authorization'];
    const user = written === undefined ? null : (Buffer.from(written.slice('Basic '.length), 'base64').toString().split(':')[0] ?? null);
    asked.push({ target: request.url ?? '', user });
    client.on('error', () => client.destroy());
    if (isSilent === true) return;
    if (written !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    if (refuseWith !== undefined) {
      client.end(`HTTP/1.1 ${refuseWith} Not Here\r\n\r\n`);
      return;
    }
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(request.url ?? '') ?? [];
    const upstream = connect({ host, port: Number(port) }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      client.on('data', (chunk: Buffer) => carried.push(chunk));
      client.pipe(upstream).pipe(client);
    });
    sockets.add(upstream);
    upstream.on('close', () => {
      sockets.delete(upstream);
      client.destroy();
    });
    upstream.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    carried: () => Buffer.concat(carried),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
