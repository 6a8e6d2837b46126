import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { WirebookError } from '@wirebook/errors';
import type { CertificateKind, IssuedCertificate } from '../certificates/certificate-kind.ts';
import type { Clock } from '../clock.ts';
import type { FaultState } from './broker-faults.ts';
import type { ConnectionLog, OpenConnectionRecord } from './connection-record.ts';
import { createCredentialWatch } from './credential-watch.ts';

/** First byte of every TLS connection. */
const TLS_HANDSHAKE = 0x16;

export interface StompListenerOptions {
  readonly clock: Clock;
  readonly faults: FaultState;
  readonly log: ConnectionLog;
  /** Absent for plain TCP. */
  readonly isTls: boolean;
  /** A connection that is ready for STOMP. */
  readonly onConnection: (socket: Socket, record: OpenConnectionRecord) => void;
}

export interface StompListener {
  /** @throws WirebookError SIMULATOR_PORT_IN_USE. */
  listen(host: string, port: number): Promise<number>;
  /** Connections from now on see this certificate. */
  showCertificate(kind: CertificateKind, issued: IssuedCertificate): void;
  /** Takes no more connections and ends those still in their handshake. */
  close(): Promise<void>;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Accepts connections and, under TLS, looks at their first bytes before the handshake, so that every attempt leaves a record. */
export function createStompListener({ clock, faults, log, isTls, onConnection }: StompListenerOptions): StompListener {
  const handshaking = new Map<Socket, OpenConnectionRecord>();
  const sockets = new Set<Socket>();
  let certificate: CertificateKind | undefined;
  let server: Server | undefined;
  const tlsServer = createTlsServer({ minVersion: 'TLSv1.2' });

  function endRecord(record: OpenConnectionRecord): void {
    record.closedAtMs ??= clock.now();
  }

  function refusePlainText(socket: Socket, firstBytes: Buffer, record: OpenConnectionRecord): void {
    record.transport = 'plain';
    createCredentialWatch(() => {
      record.credentialBytesSeen = true;
    }).push(firstBytes);
    socket.destroy();
  }

  function startHandshake(socket: Socket, record: OpenConnectionRecord): void {
    socket.once('data', (firstBytes: Buffer) => {
      if (firstBytes[0] !== TLS_HANDSHAKE) return refusePlainText(socket, firstBytes, record);
      socket.pause();
      socket.unshift(firstBytes);
      handshaking.set(socket, record);
      tlsServer.emit('connection', socket);
    });
  }

  function accept(socket: Socket): void {
    const record = log.open(clock.now(), certificate);
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (handshaking.delete(socket)) record.transport = 'handshake failed';
      endRecord(record);
    });
    socket.on('error', () => endRecord(record));
    if (clock.now() < faults.refusedUntilMs) socket.destroy();
    else if (isTls) startHandshake(socket, record);
    else {
      record.transport = 'plain';
      onConnection(socket, record);
    }
  }

  function takeRecord(remotePort: number | undefined): OpenConnectionRecord | undefined {
    for (const [socket, record] of handshaking) {
      if (socket.remotePort !== remotePort) continue;
      handshaking.delete(socket);
      return record;
    }
    return undefined;
  }

  tlsServer.on('secureConnection', (socket: TLSSocket) => {
    const record = takeRecord(socket.remotePort);
    if (record === undefined) {
      socket.destroy();
      return;
    }
    record.transport = 'secured';
    onConnection(socket, record);
  });
  tlsServer.on('tlsClientError', (_error, socket) => {
    const record = takeRecord(socket.remotePort);
    if (record !== undefined) {
      record.transport = 'handshake failed';
      endRecord(record);
    }
    socket.destroy();
  });

  return {
    async listen(host, port) {
      const opened = createServer({ noDelay: true }, accept);
      await new Promise<void>((resolve, reject) => {
        opened.once('error', (cause) => {
          reject(new WirebookError('SIMULATOR_PORT_IN_USE', `the STOMP port ${host}:${port} cannot be opened: ${cause.message}`, cause));
        });
        opened.listen(port, host, resolve);
      });
      server = opened;
      const address = opened.address();
      if (address === null || typeof address === 'string') {
        throw new WirebookError('SIMULATOR_PORT_IN_USE', `the STOMP port ${host}:${port} was opened without an address`);
      }
      return address.port;
    },
    showCertificate(kind, issued) {
      certificate = kind;
      tlsServer.setSecureContext({ cert: issued.certPem, key: issued.keyPem, minVersion: 'TLSv1.2' });
    },
    async close() {
      const closing = server;
      server = undefined;
      const closed = closing === undefined ? Promise.resolve() : closeServer(closing);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
