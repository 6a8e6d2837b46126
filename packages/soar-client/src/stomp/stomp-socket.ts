import type { IStompSocket } from '@stomp/stompjs';
import { toWirebookError, type WirebookError } from '@wirebook/errors';
import type { Clock, Timer } from '@wirebook/node-kit';
import { type CutMessage, createFrameSplitter } from './frame-splitter.ts';
import { type EndpointSocket, openSocket, type StompEndpoint } from './stomp-endpoint.ts';

export interface StompSocketOptions {
  readonly endpoint: StompEndpoint;
  readonly maxHeadBytes: number;
  readonly maxMessageHeadBytes: number;
  readonly maxMessageBytes: number;
  /** `none`, for negative controls only: COMMIT asks for no receipt. */
  readonly commitReceipts: 'asked' | 'none';
  readonly clock: Clock;
  readonly onMessage: (message: CutMessage) => void;
  /** Once, after the socket is closed; undefined when it was closed on purpose. */
  readonly onClosed: (error: WirebookError | undefined) => void;
}

export interface StompSocket {
  /** What stompjs gets from its `webSocketFactory`. */
  readonly forClient: IStompSocket;
  /** Writes a heart-beat unless something was written since the last call. */
  beat(): void;
  /** Resolves when everything handed over so far is with the kernel, or can no longer get there. */
  flushed(): Promise<void>;
  destroy(error: WirebookError): void;
}

/** Long enough for a small run to answer first, short beside the 40 ms that are saved. */
const confirmAfterMs = 2;

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/**
 * A TCP or TLS connection behind the interface of a web socket.
 *
 * MESSAGE frames do not reach stompjs: its parser takes bytes one by one (5 MB last over a second), trims header values and has
 * faults in unescaping. It gets all other frames, and word of every sign of life for its heart-beat.
 */
export function openStompSocket(options: StompSocketOptions): StompSocket {
  let readyState = CONNECTING;
  let outgoing: (string | Uint8Array)[] = [];
  let isFlushScheduled = false;
  let hasWritten = false;
  let owesWrite = false;
  let confirmTimer: Timer | undefined;
  let socket: EndpointSocket | undefined;

  const splitter = createFrameSplitter({
    maxHeadBytes: options.maxHeadBytes,
    maxMessageHeadBytes: options.maxMessageHeadBytes,
    maxMessageBytes: options.maxMessageBytes,
    onMessage: (message) => {
      writeSoon();
      options.onMessage(message);
    },
    onFrame: (head, frame) => {
      if (head.command === 'RECEIPT') writeSoon();
      forClient.onmessage?.({ data: frame });
    },
  });

  function write(data: string | Uint8Array): void {
    if (readyState !== OPEN) return;
    hasWritten = true;
    outgoing.push(data);
    if (isFlushScheduled) return;
    isFlushScheduled = true;
    // Behind everything that this turn of the event loop still has to say.
    setImmediate(flush);
  }

  /**
   * ActiveMQ holds small frames back until the last one is confirmed on the TCP level (Nagle), and the kernel confirms up to 40 ms
   * late when there is nothing to write: a RECEIPT then waits behind a MESSAGE. A newline brings the confirmation at once. Whoever
   * has something to say gets a turn before, for that does the same.
   */
  function writeSoon(): void {
    owesWrite = true;
    if (confirmTimer !== undefined) return;
    confirmTimer = options.clock.startTimer(confirmAfterMs, () => {
      confirmTimer = undefined;
      if (!owesWrite || readyState !== OPEN) return;
      outgoing.push('\n');
      flush();
    });
  }

  function flush(): void {
    isFlushScheduled = false;
    const batch = outgoing;
    outgoing = [];
    if (batch.length === 0 || socket === undefined || !socket.writable) return;
    owesWrite = false;
    if (batch.every((part) => typeof part === 'string')) socket.write(batch.join(''));
    else socket.write(Buffer.concat(batch.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))));
  }

  const forClient: IStompSocket = {
    url: `stomp${options.endpoint.tls === undefined ? '' : '+ssl'}://${options.endpoint.host}:${options.endpoint.port}`,
    binaryType: 'arraybuffer',
    onopen: undefined,
    onclose: undefined,
    onerror: undefined,
    onmessage: undefined,
    get readyState() {
      return readyState;
    },
    send(data) {
      if (typeof data === 'string') write(options.commitReceipts === 'asked' ? withCommitReceipt(data) : data);
      else if (ArrayBuffer.isView(data)) write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      else if (data instanceof ArrayBuffer) write(new Uint8Array(data));
      else throw new TypeError('The STOMP socket takes text and bytes only.');
    },
    close() {
      if (readyState >= CLOSING) return;
      flush();
      readyState = CLOSING;
      socket?.end();
    },
    terminate() {
      readyState = CLOSING;
      socket?.destroy();
    },
  };

  socket = openSocket(options.endpoint, {
    onOpen: () => {
      readyState = OPEN;
      forClient.onopen?.();
    },
    onData: (chunk) => {
      try {
        splitter.push(chunk);
      } catch (thrown) {
        socket?.destroy(toWirebookError(thrown, 'SOAR_BROKER_ERROR'));
        return;
      }
      // Messages bypass stompjs, yet they show that the broker lives.
      forClient.onmessage?.({ data: new ArrayBuffer(0) });
    },
    onClose: (error) => {
      const wasOnPurpose = readyState === CLOSING && error === undefined;
      readyState = CLOSED;
      confirmTimer?.cancel();
      outgoing = [];
      forClient.onclose?.({ code: wasOnPurpose ? 1000 : 1006, reason: '', wasClean: wasOnPurpose });
      options.onClosed(error);
    },
  });

  return {
    forClient,
    beat: () => {
      if (!hasWritten) write('\n');
      hasWritten = false;
    },
    flushed: () =>
      new Promise((resolve) => {
        flush();
        if (socket === undefined || !socket.writable) resolve();
        else socket.write('', () => resolve());
      }),
    destroy: (error) => {
      readyState = CLOSING;
      socket?.destroy(error);
    },
  };
}

/** stompjs cannot ask for the receipt of a COMMIT; its id is that of the transaction. */
function withCommitReceipt(frame: string): string {
  return frame.startsWith('COMMIT\n') ? frame.replace(/^COMMIT\ntransaction:(.*)\n/, 'COMMIT\ntransaction:$1\nreceipt:$1\n') : frame;
}
