import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IStompSocket, StompSocketState } from '@stomp/stompjs';
import type { BrokerAddress } from './broker-address.ts';

/**
 * A TCP or TLS connection as stompjs wants it. It says that it is open only after chain, validity and host name of the
 * certificate were verified, so that CONNECT with its credentials reaches no other host.
 *
 * @param ca CA certificates in PEM; the system's when absent.
 */
export function openStompSocket({ host, port, isTls }: BrokerAddress, ca: string | undefined): IStompSocket {
  const socket = isTls
    ? connectTls({ host, port, servername: isIP(host) === 0 ? host : '', minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) })
    : connectTcp({ host, port });
  let state: StompSocketState = StompSocketState.CONNECTING;

  const stompSocket: IStompSocket = {
    url: `stomp${isTls ? '+ssl' : ''}://${host}:${port}`,
    binaryType: 'arraybuffer',
    onopen: null,
    onclose: null,
    onerror: null,
    onmessage: null,
    get readyState() {
      return state;
    },
    send(data) {
      if (typeof data === 'string' || data instanceof Uint8Array) socket.write(data);
      else if (data instanceof ArrayBuffer) socket.write(new Uint8Array(data));
      else throw new TypeError('only texts and bytes can be sent over STOMP');
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
  socket.on(isTls ? 'secureConnect' : 'connect', () => {
    if (state !== StompSocketState.CONNECTING) return;
    state = StompSocketState.OPEN;
    stompSocket.onopen?.();
  });
  socket.on('data', (data: Buffer) => stompSocket.onmessage?.({ data }));
  socket.on('error', (error) => stompSocket.onerror?.(error));
  socket.on('close', (hadError) => {
    state = StompSocketState.CLOSED;
    stompSocket.onclose?.({ code: hadError ? 1006 : 1000, reason: '', wasClean: !hadError });
  });
  return stompSocket;
}
