import { once } from 'node:events';
import { connect } from 'node:net';

export interface WireLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A STOMP connection that writes frames as they are told, and hands out whole frames; bodies are text without NULs. */
export interface StompWire {
  write(command: string, headers: Readonly<Record<string, string>>, body?: string | Buffer): void;
  /** The next frame of this command; others stay for whoever asks for them. @throws Error for an ERROR frame that was not asked for. */
  next(command: string): Promise<string>;
  close(): void;
}

export async function openStompWire({ host, port, user, password }: WireLogin): Promise<StompWire> {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  let received = '';
  const frames: string[] = [];
  socket.setEncoding('utf8').on('data', (text: string) => {
    const parts = (received + text).split('\0');
    received = parts.pop() ?? '';
    frames.push(...parts.map((frame) => frame.replace(/^\n+/, '')));
  });

  async function next(command: string): Promise<string> {
    for (;;) {
      const at = frames.findIndex((frame) => frame.startsWith(`${command}\n`) || frame.startsWith('ERROR\n'));
      const [frame] = at < 0 ? [] : frames.splice(at, 1);
      if (frame === undefined) await once(socket, 'data');
      else if (frame.startsWith(`${command}\n`)) return frame;
      else throw new Error(frame);
    }
  }

  function write(command: string, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value.replaceAll('\\', '\\\\').replaceAll(':', '\\c')}\n`);
    socket.write(Buffer.concat([Buffer.from(`${command}\n${lines.join('')}\n`), Buffer.from(body), Buffer.from('\0')]));
  }

  write('CONNECT', { 'accept-version': '1.2', host: 'localhost', login: user, passcode: password });
  await next('CONNECTED');
  return { write, next, close: () => socket.destroy() };
}

/** A header of a frame, unescaped. */
export function headerOf(frame: string, name: string): string {
  const found = new RegExp(`\n${name}:([^\n]*)`).exec(frame)?.[1] ?? '';
  return found.replace(/\\(.)/g, (_, code: string) => (code === 'c' ? ':' : code));
}
