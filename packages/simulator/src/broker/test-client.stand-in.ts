import { connect, type Socket } from 'node:net';
import type { FrameWire, FrameWireSource, ReceivedFrame } from './frame-case-runner.ts';
import { encodeFrame } from './frame-encoder.ts';
import { createFrameParser, defaultFrameLimits } from './frame-parser.ts';

/** A STOMP client for the tests of the broker: what it reads is kept until somebody asks. */
export interface TestClient extends FrameWire {
  readonly socket: Socket;
  sendFrame(command: string, headers: Readonly<Record<string, string>>, body?: Uint8Array | string): void;
  /** The next frame. @throws Error when none comes within 20 seconds. */
  frame(): Promise<ReceivedFrame>;
  /** The next so many frames. */
  frames(count: number): Promise<readonly ReceivedFrame[]>;
}

export function clientOver(socket: Socket): TestClient {
  const frames: ReceivedFrame[] = [];
  let isClosed = false;
  let beatCount = 0;
  let wake: (() => void) | undefined;
  const parser = createFrameParser({
    limits: { ...defaultFrameLimits, maxFrameBytes: 200_000_000 },
    onFrame: (frame) => frames.push({ ...frame, headers: { ...frame.headers } }),
    onBroken: () => socket.destroy(),
  });
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (chunk.every((byte) => byte === 10)) beatCount += chunk.length;
    parser.push(chunk);
    wake?.();
  });
  // What goes wrong on a socket shows as its end.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    isClosed = true;
    wake?.();
  });

  function change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function until(isReached: () => boolean, timeoutMs: number): Promise<void> {
    const endMs = performance.now() + timeoutMs;
    while (!isReached() && !isClosed && performance.now() < endMs) await change(endMs - performance.now());
  }

  async function next(timeoutMs: number): Promise<ReceivedFrame | 'closed' | 'silence'> {
    await until(() => frames.length > 0, timeoutMs);
    return frames.shift() ?? (isClosed ? 'closed' : 'silence');
  }

  async function frame(): Promise<ReceivedFrame> {
    const read = await next(20_000);
    if (typeof read === 'string') throw new Error(`a frame was expected, then: ${read}`);
    return read;
  }

  return {
    socket,
    next,
    frame,
    async frames(count) {
      const read: ReceivedFrame[] = [];
      while (read.length < count) read.push(await frame());
      return read;
    },
    send({ command, headers, body }) {
      socket.write(encodeFrame(command, headers, body));
    },
    sendFrame(command, headers, body) {
      socket.write(encodeFrame(command, headers, typeof body === 'string' ? Buffer.from(body) : body));
    },
    sendBytes: (bytes) => new Promise((resolve) => socket.write(bytes, () => setImmediate(resolve))),
    async nextHeartBeat(timeoutMs) {
      // One that came while nobody asked counts as well: on a busy machine two may come at once.
      await until(() => beatCount > 0, timeoutMs);
      if (beatCount === 0) return false;
      beatCount -= 1;
      return true;
    },
    async drop() {
      if (socket.destroyed) return;
      await new Promise((resolve) => {
        socket.once('close', resolve);
        socket.destroy();
      });
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

/** Connects over plain TCP and sends nothing. */
export function openClient(port: number): Promise<TestClient> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(clientOver(socket));
    });
  });
}

/** @returns a client that is logged in as alice unless told otherwise. */
export async function connectClient(port: number, headers: Readonly<Record<string, string>> = {}): Promise<TestClient> {
  const client = await openClient(port);
  client.sendFrame('CONNECT', { 'accept-version': '1.2', login: 'alice', passcode: 'alicepw', ...headers });
  const answer = await client.frame();
  if (answer.command !== 'CONNECTED') throw new Error(`not connected: ${answer.headers.message}`);
  return client;
}

export function createTestWires(port: number): FrameWireSource {
  return {
    open: () => openClient(port),
    async connect({ login, passcode, headers }) {
      const wire = await openClient(port);
      wire.sendFrame('CONNECT', { 'accept-version': '1.2', login, passcode, ...headers });
      return { wire, answer: await wire.frame() };
    },
  };
}
