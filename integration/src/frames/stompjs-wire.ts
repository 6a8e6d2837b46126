import { connect as connectTls } from 'node:tls';
import { Client, type IFrame, type IMessage, type IStompSocket, StompSocketState, Versions } from '@stomp/stompjs';
import type { FrameToSend, FrameWire, FrameWireSource, ReceivedFrame } from '@wirebook/simulator';
import { createFrameInbox, type FrameInbox } from './frame-inbox.ts';

export interface StompJsWireOptions {
  readonly host: string;
  readonly port: number;
  /** CA certificate in PEM. */
  readonly ca: string;
}

type Headers = Record<string, string>;

interface TestSocket {
  readonly forClient: IStompSocket;
  /** Header lines for the next frame, where stompjs has no parameter for them: BEGIN, COMMIT and ABORT. */
  addToNextFrame(headers: Headers): void;
  destroy(): void;
}

/** How long a broker may need to notice that a loopback connection has gone. */
const noticeMs = 150;

function openTestSocket({ host, port, ca }: StompJsWireOptions): TestSocket {
  const socket = connectTls({ host, port, ca });
  let state: StompSocketState = StompSocketState.CONNECTING;
  let added = '';

  const forClient: IStompSocket = {
    url: `stomp+ssl://${host}:${port}`,
    binaryType: 'arraybuffer',
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    get readyState() {
      return state;
    },
    send(data) {
      if (typeof data === 'string') socket.write(data.replace('\n', `\n${added}`));
      else if (ArrayBuffer.isView(data)) socket.write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      else if (data instanceof ArrayBuffer) socket.write(new Uint8Array(data));
      added = '';
    },
    close() {
      if (state >= StompSocketState.CLOSING) return;
      state = StompSocketState.CLOSING;
      socket.end();
    },
    terminate() {
      state = StompSocketState.CLOSING;
      socket.destroy();
    },
  };

  socket.setNoDelay(true);
  socket.on('secureConnect', () => {
    state = StompSocketState.OPEN;
    forClient.onopen?.();
  });
  socket.on('data', (data: Buffer) => forClient.onmessage?.({ data }));
  socket.on('error', (error) => forClient.onerror?.(error));
  socket.on('close', (hadError) => {
    state = StompSocketState.CLOSED;
    forClient.onclose?.({ code: hadError ? 1006 : 1000, reason: '', wasClean: !hadError });
  });
  return {
    forClient,
    addToNextFrame(headers) {
      added = Object.entries(headers)
        .map(([name, value]) => `${name}:${value}\n`)
        .join('');
    },
    destroy: () => socket.destroy(),
  };
}

function toReceived(frame: IFrame | IMessage): ReceivedFrame {
  const headers = Object.entries(frame.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { command: frame.command, headers: Object.fromEntries(headers), body: frame.binaryBody };
}

function createWire(client: Client, socket: TestSocket, inbox: FrameInbox): FrameWire {
  /** stompjs wants to know the subscription of what is acknowledged. */
  const subscriptionByAckId = new Map<string, string>();

  function receive(message: IMessage): void {
    subscriptionByAckId.set(message.headers.ack ?? '', message.headers.subscription ?? '');
    inbox.push(toReceived(message));
  }
  client.onUnhandledMessage = receive;

  function send({ command, headers, body }: FrameToSend): void {
    const { id = '', destination = '', transaction = '', ...others } = headers;
    if (command === 'SEND') {
      const { destination: _destination, ...rest } = headers;
      if (rest['content-length'] === undefined) {
        client.publish({ destination, headers: rest, body: Buffer.from(body).toString('utf8'), skipContentLengthHeader: true });
      } else client.publish({ destination, headers: rest, binaryBody: body });
    } else if (command === 'SUBSCRIBE') client.subscribe(destination, receive, { id, ...others });
    else if (command === 'UNSUBSCRIBE') client.unsubscribe(id, others);
    else if (command === 'ACK' || command === 'NACK') {
      const { id: _id, ...rest } = headers;
      const subscription = subscriptionByAckId.get(id) ?? 'unknown';
      if (command === 'ACK') client.ack(id, subscription, rest);
      else client.nack(id, subscription, rest);
    } else if (command === 'DISCONNECT') {
      client.disconnectHeaders = { ...headers };
      // Resolves with the end of the socket, which the case asks for.
      void client.deactivate();
    } else {
      socket.addToNextFrame(others);
      if (command === 'BEGIN') client.begin(transaction);
      else if (command === 'COMMIT') client.commit(transaction);
      else if (command === 'ABORT') client.abort(transaction);
      else throw new Error(`stompjs has no ${command}`);
    }
  }

  return {
    send,
    next: (timeoutMs) => inbox.next(timeoutMs),
    async drop() {
      if (inbox.isEnded) return;
      socket.destroy();
      while ((await inbox.next(noticeMs)) !== 'closed');
      await new Promise((resolve) => setTimeout(resolve, noticeMs));
    },
  };
}

/** Frames through stompjs over verified TLS. */
export function createStompJsWires(options: StompJsWireOptions): FrameWireSource {
  return {
    async connect({ login, passcode, headers: { 'heart-beat': heartBeat = '0,0', ...headers } }) {
      const inbox = createFrameInbox();
      const socket = openTestSocket(options);
      const [heartbeatOutgoing = 0, heartbeatIncoming = 0] = heartBeat.split(',').map(Number);
      const takeFrame = (frame: IFrame) => inbox.push(toReceived(frame));
      const client = new Client({
        webSocketFactory: () => socket.forClient,
        reconnectDelay: 0,
        stompVersions: new Versions([Versions.V1_2]),
        connectHeaders: { host: options.host, login, passcode, ...headers },
        heartbeatOutgoing,
        heartbeatIncoming,
        onConnect: takeFrame,
        onDisconnect: takeFrame,
        onStompError: takeFrame,
        onUnhandledReceipt: takeFrame,
        onUnhandledFrame: takeFrame,
        onWebSocketClose: () => inbox.end(),
      });
      const wire = createWire(client, socket, inbox);
      client.activate();
      const answer = await inbox.next(10_000);
      if (typeof answer === 'string') throw new Error(`no answer to CONNECT: ${answer}`);
      return { wire, answer };
    },
  };
}
