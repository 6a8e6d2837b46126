import { createServer, type Server } from 'node:http';
import { hostname, networkInterfaces } from 'node:os';
import { WirebookError } from '@wirebook/errors';
import { isLoopback, type ServerAddress, toServerAddress } from './server-address.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Whether somebody has a password: without one nobody else may reach the server. */
  readonly hasPassword: boolean;
}

export interface ListeningServer {
  /** Answers nothing until handlers are added. */
  readonly server: Server;
  readonly address: ServerAddress;
  close(): Promise<void>;
}

/** Time for the whole head of a request, and for all of it; a browser's keep-alive is shorter than most proxies'. */
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 120_000;

/**
 * Opens the port.
 *
 * @throws SERVER_OPEN_WITHOUT_OWNER, SERVER_PORT_IN_USE, SERVER_ADDRESS_UNUSABLE
 */
export async function listen({ host, port, hasPassword }: ListenOptions): Promise<ListeningServer> {
  if (!isLoopback(host) && !hasPassword) {
    throw new WirebookError(
      'SERVER_OPEN_WITHOUT_OWNER',
      `the server does not listen on ${host}, where others reach it, before a user has a password`,
    );
  }
  const server = createServer({ headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    server,
    address: toServerAddress({ host, port: boundPort, machine: listMachineNames() }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function toListenError(error: NodeJS.ErrnoException, host: string, port: number): WirebookError {
  if (error.code === 'EADDRINUSE')
    return new WirebookError('SERVER_PORT_IN_USE', `port ${port} of ${host} is taken by another program`, error);
  return new WirebookError('SERVER_ADDRESS_UNUSABLE', `the server cannot listen on ${host}, port ${port}: ${error.message}`, error);
}

/** Addresses first: they work from other machines without a name service. */
function listMachineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return [...addresses.filter(({ internal }) => !internal).map(({ address }) => address), hostname()];
}
