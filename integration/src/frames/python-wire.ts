import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FrameWire, FrameWireSource } from '@wirebook/simulator';
import { createFrameInbox, type FrameInbox } from './frame-inbox.ts';

export interface PythonWireOptions {
  readonly host: string;
  readonly port: number;
  /** PEM file of the CA. */
  readonly caFile: string;
}

export interface PythonWires extends FrameWireSource {
  close(): Promise<void>;
}

/** Debian's own interpreter: it is the one that finds the package python3-stomp. */
const pythonPath = '/usr/bin/python3';
const programPath = fileURLToPath(new URL('./python-wire.py', import.meta.url));
/** How long a broker may need to notice that a loopback connection has gone. */
const noticeMs = 150;

type Report = { readonly on: number } & (
  | { readonly frame: { readonly command: string; readonly headers: Readonly<Record<string, string>>; readonly body: string } }
  | { readonly closed: true }
  | { readonly failed: string }
);

interface PythonConnection {
  readonly inbox: FrameInbox;
  failure: string | undefined;
}

/**
 * Frames through Debian's python3-stomp over verified TLS; one Python process plays all connections.
 *
 * @throws Error with what Python wrote when a connection fails, because the package is missing for example.
 */
export function createPythonWires({ host, port, caFile }: PythonWireOptions): PythonWires {
  const python = spawn(pythonPath, [programPath], { stdio: ['pipe', 'pipe', 'pipe'] });
  const connections = new Map<number, PythonConnection>();
  let complaints = '';
  let connectionCount = 0;

  python.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  python.on('error', (error) => {
    complaints += error.message;
  });
  python.on('close', () => {
    for (const { inbox } of connections.values()) inbox.end();
  });
  createInterface({ input: python.stdout }).on('line', (line) => {
    // Written by our own program beside this file.
    const report: Report = JSON.parse(line);
    const connection = connections.get(report.on);
    if (connection === undefined) return;
    if ('frame' in report) connection.inbox.push({ ...report.frame, body: Buffer.from(report.frame.body, 'base64') });
    else {
      if ('failed' in report) connection.failure = report.failed;
      connection.inbox.end();
    }
  });

  function ask(request: object): void {
    if (python.stdin.writable) python.stdin.write(`${JSON.stringify(request)}\n`);
  }

  function createWire(on: number, connection: PythonConnection): FrameWire {
    const { inbox } = connection;
    return {
      send: ({ command, headers, body }) => ask({ on, send: { command, headers, body: Buffer.from(body).toString('base64') } }),
      async next(timeoutMs) {
        const next = await inbox.next(timeoutMs);
        if (next === 'closed' && connection.failure !== undefined) throw new Error(`stomp.py: ${connection.failure}`);
        return next;
      },
      async drop() {
        if (inbox.isEnded) return;
        ask({ on, drop: true });
        while ((await inbox.next(5000)) !== 'closed');
        await new Promise((resolve) => setTimeout(resolve, noticeMs));
      },
    };
  }

  return {
    async connect({ login, passcode, headers }) {
      connectionCount += 1;
      const on = connectionCount;
      const connection: PythonConnection = { inbox: createFrameInbox(), failure: undefined };
      connections.set(on, connection);
      ask({ on, connect: { host, port, caFile, login, passcode, headers } });
      const answer = await connection.inbox.next(10_000);
      if (typeof answer === 'string') throw new Error(`no answer to CONNECT: ${connection.failure ?? answer} ${complaints}`.trim());
      return { wire: createWire(on, connection), answer };
    },
    async close() {
      if (python.exitCode !== null || python.signalCode !== null || python.pid === undefined) return;
      const gone = once(python, 'close');
      python.stdin.end();
      await gone;
    },
  };
}
