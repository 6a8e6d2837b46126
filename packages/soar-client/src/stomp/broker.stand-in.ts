import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { type FrameHead, parseFrameHead } from './frame-head.ts';

/** A frame that the client wrote. */
export interface ClientFrame extends FrameHead {
  readonly body: string;
}

export interface ClientOfBroker {
  readonly socket: Socket;
  /** Everything but heart-beats, in order. */
  readonly frames: ClientFrame[];
  /** The pieces in which the bytes came. */
  readonly pieces: string[];
  write(command: string, headers?: Readonly<Record<string, string>>, body?: string | Buffer): void;
}

/** What to do with a frame instead of the usual; undefined for the usual. */
export type FrameAnswer = (frame: ClientFrame, client: ClientOfBroker) => 'answered' | undefined;

/** Does something else for one command, and the usual for all others. */
export function onCommand(command: string, act: (frame: ClientFrame, client: ClientOfBroker) => void): FrameAnswer {
  return (frame, client) => {
    if (frame.command !== command) return undefined;
    act(frame, client);
    return 'answered';
  };
}

export interface BrokerStandIn {
  readonly port: number;
  /** All connections, the first one first; with TLS those whose handshake was completed. */
  readonly clients: ClientOfBroker[];
  /** Application bytes of all connections. */
  readonly received: () => string;
  answer: FrameAnswer;
  close(): Promise<void>;
}

export interface BrokerStandInOptions {
  readonly tls?: TlsOptions;
  readonly password?: string;
}

/** As much of a broker as shows what a client writes: it confirms and refuses, and keeps no messages. */
export async function createBrokerStandIn(options: BrokerStandInOptions = {}): Promise<BrokerStandIn> {
  const clients: ClientOfBroker[] = [];
  const onConnection = (socket: Socket) => {
    const client: ClientOfBroker = {
      socket,
      frames: [],
      pieces: [],
      write: (command, headers = {}, body = '') => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}:${value.replaceAll('\\', '\\\\').replaceAll(':', '\\c')}\n`);
        socket.write(Buffer.concat([Buffer.from(`${command}\n${lines.join('')}\n`), Buffer.from(body), Buffer.from('\0\n')]));
      },
    };
    clients.push(client);
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      client.pieces.push(chunk.toString());
      text += chunk.toString();
      for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
        const raw = text.slice(0, end).replace(/^\n+/, '');
        text = text.slice(end + 1);
        const headEnd = raw.indexOf('\n\n');
        const frame = { ...parseFrameHead(raw.slice(0, headEnd)), body: raw.slice(headEnd + 2) };
        client.frames.push(frame);
        if (standIn.answer(frame, client) !== 'answered') answerAsUsual(frame, client, options.password);
      }
    });
  };
  const server: Server = options.tls === undefined ? createServer(onConnection) : createTlsServer(options.tls, onConnection);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const standIn: BrokerStandIn = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    clients,
    received: () => clients.flatMap((client) => client.pieces).join(''),
    answer: () => undefined,
    close: async () => {
      for (const { socket } of clients) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return standIn;
}

function answerAsUsual({ command, headers }: ClientFrame, client: ClientOfBroker, password: string | undefined): void {
  if (command === 'CONNECT') {
    if (password === undefined || headers.passcode === password) client.write('CONNECTED', { version: '1.1', 'heart-beat': '0,0' });
    else {
      client.write('ERROR', { message: `User name [${headers.login}] or password is invalid.` });
      client.socket.end();
    }
    return;
  }
  if (headers.receipt !== undefined) client.write('RECEIPT', { 'receipt-id': headers.receipt });
  if (command === 'DISCONNECT') client.socket.end();
}
