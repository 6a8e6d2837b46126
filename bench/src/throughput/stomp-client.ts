import { connect } from 'node:tls';
import { Client, type IStompSocket, StompSocketState } from '@stomp/stompjs';

export interface StompLogin {
  readonly host: string;
  readonly port: number;
  readonly caPem: string;
  readonly login: string;
  readonly passcode: string;
}

/** A stompjs client over TLS with nothing of Wirebook in it. Resolves when it is connected. */
export function connectStomp(options: StompLogin): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client({
      webSocketFactory: () => createTlsSocket(options),
      connectHeaders: { login: options.login, passcode: options.passcode, host: options.host },
      reconnectDelay: 0,
      heartbeatIncoming: 0,
      heartbeatOutgoing: 0,
      onConnect: () => resolve(client),
      onStompError: (frame) => reject(new Error(`${frame.headers.message ?? 'ERROR'} ${frame.body}`)),
      onWebSocketError: (event: unknown) => reject(event instanceof Error ? event : new Error(String(event))),
    });
    client.activate();
  });
}

/** stompjs cannot ask for the receipt of a COMMIT; the one it gets here is `commit-` and the transaction. */
function withCommitReceipt(frame: string): string {
  if (!frame.startsWith('COMMIT\n')) return frame;
  return frame.replace(/^COMMIT\n((?:.*\n)*?)transaction:(.*)\n/, 'COMMIT\n$1transaction:$2\nreceipt:commit-$2\n');
}

const receiptCommand = Buffer.from('RECEIPT\n');

function createTlsSocket({ host, port, caPem }: StompLogin): IStompSocket {
  const socket = connect({ host, port, ca: caPem, servername: '' });
  socket.setNoDelay(true);
  const wrapped: IStompSocket = {
    url: `stomp+ssl://${host}:${port}`,
    binaryType: 'arraybuffer',
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    readyState: StompSocketState.CONNECTING,
    send: (data) => {
      socket.write(typeof data === 'string' ? withCommitReceipt(data) : Buffer.from(data as ArrayBuffer));
    },
    close: () => socket.end(),
  };
  socket.on('secureConnect', () => {
    Object.assign(wrapped, { readyState: StompSocketState.OPEN });
    wrapped.onopen?.();
  });
  socket.on('data', (data: Buffer) => {
    wrapped.onmessage?.({ data: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) });
    // ActiveMQ answers a further COMMIT 30 ms late when the acknowledgement of its receipt waits for company.
    if (data.includes(receiptCommand)) socket.write('\n');
  });
  socket.on('error', (error) => wrapped.onerror?.(error));
  socket.on('close', () => wrapped.onclose?.({ code: 1000, reason: '', wasClean: true }));
  return wrapped;
}
