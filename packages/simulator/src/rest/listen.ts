import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { WirebookError } from '@wirebook/errors';

export interface ListenAddress {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** What listens, for the message: `the REST API`. */
  readonly purpose: string;
}

/**
 * Opens a server.
 *
 * @returns the port it listens on.
 * @throws WirebookError SIMULATOR_PORT_IN_USE naming the port.
 */
export function listen(server: Server, { host, port, purpose }: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
      const message = isTaken ? `port ${port} for ${purpose} is in use` : `port ${port} for ${purpose} cannot be opened: ${cause.message}`;
      reject(new WirebookError('SIMULATOR_PORT_IN_USE', message, cause));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Remembers the connections of a server, so that closing it does not wait for idle ones. */
export function trackSockets(server: Server): { cut(): void; close(): Promise<void> } {
  const sockets = new Set<Socket>();
  const remember = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', remember);
  server.on('secureConnection', remember);
  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }
  return {
    cut,
    close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      cut();
      return closed;
    },
  };
}
