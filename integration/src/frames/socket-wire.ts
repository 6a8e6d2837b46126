import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { FrameToSend, FrameWire, FrameWireSource, ReceivedFrame } from '@wirebook/simulator';

export interface SocketWireOptions {
  readonly host: string;
  readonly port: number;
  /** CA certificate in PEM; absent for plain TCP. */
  readonly ca?: string | undefined;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\r': '\\r', '\n': '\\n', ':': '\\c' };
const characters: Readonly<Record<string, string>> = { '\\\\': '\\', '\\r': '\r', '\\n': '\n', '\\c': ':' };

function writeFrame({ command, headers, body }: FrameToSend): Buffer {
  const isConnect = command === 'CONNECT';
  const escapeText = (text: string) => (isConnect ? text : text.replace(/[\\\r\n:]/g, (character) => escapes[character] ?? character));
  const lines = Object.entries(headers).map(([name, value]) => `${escapeText(name)}:${escapeText(value)}\n`);
  return Buffer.concat([Buffer.from(`${command}\n${lines.join('')}\n`), body, Buffer.of(0)]);
}

/**
 * Takes the first whole frame off the bytes. Written for tests, apart from the broker's parser on purpose: it is the
 * other opinion.
 */
function readFrame(bytes: Buffer): { frame: ReceivedFrame; rest: Buffer } | undefined {
  const headEnd = bytes.indexOf('\n\n');
  if (headEnd < 0) return undefined;
  const [command = '', ...lines] = bytes.toString('utf8', 0, headEnd).split('\n');
  const unescapeText = (text: string) => (command === 'CONNECTED' ? text : text.replace(/\\[\\rnc]/g, (pair) => characters[pair] ?? pair));
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colonAt = line.indexOf(':');
    headers[unescapeText(line.slice(0, colonAt))] ??= unescapeText(line.slice(colonAt + 1));
  }
  const bodyStart = headEnd + 2;
  const length = headers['content-length'];
  const bodyEnd = length === undefined ? bytes.indexOf(0, bodyStart) : bodyStart + Number(length);
  if (bodyEnd < 0 || bodyEnd >= bytes.length) return undefined;
  return { frame: { command, headers, body: bytes.subarray(bodyStart, bodyEnd) }, rest: bytes.subarray(bodyEnd + 1) };
}

function isEndOfLine(byte: number | undefined): boolean {
  return byte === 10 || byte === 13;
}

function openSocket({ host, port, ca }: SocketWireOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket =
      ca === undefined ? connectTcp({ host, port }) : connectTls({ host, port, ca, servername: isIP(host) === 0 ? host : 'localhost' });
    socket.setNoDelay(true);
    socket.once('error', reject);
    socket.once(ca === undefined ? 'connect' : 'secureConnect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function wireOver(socket: Socket): FrameWire {
  let chunks: Buffer[] = [];
  let isClosed = false;
  /** Those that nobody has asked for. */
  let heartBeats = 0;
  let wake: (() => void) | undefined;

  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    wake?.();
  });
  // What goes wrong on a socket shows as its end.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    isClosed = true;
    wake?.();
  });

  function takeFrame(): ReceivedFrame | undefined {
    let bytes = Buffer.concat(chunks);
    while (isEndOfLine(bytes[0])) {
      heartBeats += 1;
      bytes = bytes.subarray(1);
    }
    const read = readFrame(bytes);
    if (read === undefined) {
      chunks = [bytes];
      return undefined;
    }
    // Ends of lines right behind a frame belong to it.
    let { rest } = read;
    while (isEndOfLine(rest[0])) rest = rest.subarray(1);
    chunks = [rest];
    return read.frame;
  }

  function change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    send(frame) {
      socket.write(writeFrame(frame));
    },
    async sendBytes(bytes) {
      await new Promise<void>((resolve) => {
        if (!socket.write(bytes, () => resolve())) return;
      });
    },
    async next(timeoutMs) {
      const endMs = performance.now() + timeoutMs;
      for (;;) {
        const frame = takeFrame();
        if (frame !== undefined) return frame;
        if (isClosed) return 'closed';
        const leftMs = endMs - performance.now();
        if (leftMs <= 0) return 'silence';
        await change(leftMs);
      }
    },
    async nextHeartBeat(timeoutMs) {
      const endMs = performance.now() + timeoutMs;
      // One that came while nobody asked counts as well: on a busy machine two may come at once.
      for (takeFrame(); heartBeats === 0 && !isClosed && performance.now() < endMs; takeFrame()) await change(endMs - performance.now());
      if (heartBeats === 0) return false;
      heartBeats -= 1;
      return true;
    },
    async drop() {
      if (socket.destroyed) return;
      socket.destroy();
      // The other side learns of it by its own socket; this gives it the time that a loopback connection needs.
      await new Promise((resolve) => setTimeout(resolve, 150));
    },
  };
}

/** Frames over a raw socket, TLS when there is a CA. */
export function createSocketWires(options: SocketWireOptions): FrameWireSource {
  return {
    async connect({ login, passcode, headers }) {
      const wire = wireOver(await openSocket(options));
      wire.send({
        command: 'CONNECT',
        headers: { 'accept-version': '1.2', host: options.host, login, passcode, ...headers },
        body: Buffer.alloc(0),
      });
      const answer = await wire.next(10_000);
      if (typeof answer === 'string') throw new Error(`no answer to CONNECT: ${answer}`);
      return { wire, answer };
    },
    open: async () => wireOver(await openSocket(options)),
  };
}
