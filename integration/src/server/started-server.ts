import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../harness/wait-for.ts';
import { spawnWirebook } from '../harness/wirebook-process.ts';

/** `wirebook start`, on a simulated platform unless it is given an app.config, and a browser's session in it. */
export interface StartedServer {
  readonly dataDir: string;
  readonly pid: number;
  /** Answers with the body of a good answer. @throws Error with status and body for others */
  get(path: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  put(path: string, body: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export async function startServer(configFile?: string): Promise<StartedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-started-'));
  const dataDir = join(folder, 'data');
  const running = spawnWirebook(
    ['start', '--data', dataDir, '--port', '0', '--json', ...(configFile === undefined ? [] : ['--config', configFile])],
    { homeDir: folder },
  );
  await waitFor('the ready line', () => running.outputLines.length > 0 || running.hasEnded(), { timeoutMs: 60_000 });
  const [line] = running.outputLines;
  if (line === undefined) throw new Error(`the server ended:\n${running.errorLines.join('\n')}`);
  const ready = JSON.parse(line) as { url: string; signInLink: string };
  const token = new URL(ready.signInLink).hash.replace('#token=', '');
  const origin = new URL(ready.url).origin;
  let cookie = '';
  let csrfToken = '';

  async function send(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { origin, cookie, 'x-csrf-token': csrfToken, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const setCookie = answer.headers.get('set-cookie');
    if (setCookie !== null) cookie = setCookie.split(';')[0] ?? '';
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  const session = (await send('POST', '/api/session/link', { token })) as { csrfToken: string };
  csrfToken = session.csrfToken;
  return {
    dataDir,
    pid: running.pid,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    close: async () => {
      running.child.kill('SIGTERM');
      await running.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
