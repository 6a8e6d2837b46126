import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { type CertificateKind, createCertificateStore, type Simulator } from '@wirebook/simulator';

/** Somebody with a certificate of their own between an engine and its broker, who reads all that is sent and passes it on. */
export interface StompManInTheMiddle {
  readonly port: number;
  /** With the authority of their certificate. */
  readonly caFile: string;
  /** TLS connections that were tried, whether or not they came about. */
  readonly connectionCount: () => number;
  /** What engines have said so far, behind TLS. */
  readonly overheard: () => string;
  close(): Promise<void>;
}

export interface ManInTheMiddleOptions {
  readonly simulator: Simulator;
  readonly certificate: CertificateKind;
}

export async function createStompManInTheMiddle({ simulator, certificate }: ManInTheMiddleOptions): Promise<StompManInTheMiddle> {
  const certificates = await createCertificateStore({ clock: { now: () => Date.now() } });
  const { certPem, keyPem } = await certificates.issue(certificate);
  const heard: Buffer[] = [];
  const sockets = new Set<TLSSocket>();
  let connectionCount = 0;

  function pass(incoming: TLSSocket): void {
    const onward = connect({ host: simulator.stompHost, port: simulator.stompPort, rejectUnauthorized: false });
    for (const socket of [incoming, onward]) {
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        incoming.destroy();
        onward.destroy();
      });
      socket.once('error', () => socket.destroy());
    }
    incoming.on('data', (bytes: Buffer) => heard.push(bytes));
    incoming.pipe(onward).pipe(incoming);
  }

  const server = createServer({ cert: certPem, key: keyPem }, pass);
  server.on('connection', () => {
    connectionCount += 1;
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    port: (server.address() as AddressInfo).port,
    caFile: certificates.caFile,
    connectionCount: () => connectionCount,
    overheard: () => Buffer.concat(heard).toString('utf8'),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
      await certificates.close();
    },
  };
}
