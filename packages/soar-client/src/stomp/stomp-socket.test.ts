import { createServer, type Socket } from 'node:net';
import { createFakeClock } from '@wirebook/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openStompSocket, type StompSocket } from './stomp-socket.ts';

async function openPair() {
  const clock = createFakeClock(0);
  const received: string[] = [];
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = socket;
    socket.on('data', (chunk: Buffer) => received.push(chunk.toString())).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  let chunkCount = 0;
  const socket: StompSocket = openStompSocket({
    endpoint: { host: '127.0.0.1', port, tls: undefined },
    maxHeadBytes: 1000,
    maxMessageHeadBytes: 1000,
    maxMessageBytes: 1000,
    commitReceipts: 'asked',
    clock,
    onMessage: () => undefined,
    onClosed: () => undefined,
  });
  const isOpen = new Promise<void>((resolve) => {
    socket.forClient.onopen = () => resolve();
  });
  socket.forClient.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) chunkCount += 1;
  };
  onTestFinished(async () => {
    socket.forClient.terminate?.();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  await isOpen;
  await expect.poll(() => peer).toBeDefined();
  return { clock, received, socket, write: (text: string) => peer?.write(text), chunkCount: () => chunkCount };
}

test('[S22] a newline follows also when a write with nothing in it came between', async () => {
  const { clock, received, socket, write, chunkCount } = await openPair();
  write('RECEIPT\nreceipt-id:1\n\n\0');
  await expect.poll(chunkCount).toBe(1);
  await socket.flushed();
  await clock.advance(2);
  await expect.poll(() => received).toEqual(['\n']);
});
