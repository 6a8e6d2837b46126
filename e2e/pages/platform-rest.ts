import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';

/** The REST side of the simulated platform, as another client of the organisation uses it. */
export interface PlatformRest {
  /** Sends a body and gives what is answered; the path is one within the organisation. */
  post(path: string, body: object): Promise<Readonly<Record<string, unknown>>>;
}

/** Signs in with what the product itself was given. */
export async function openPlatformRest(dataDir: string): Promise<PlatformRest> {
  const options = readOptions(await readFile(join(dataDir, 'app.config'), 'utf8'));
  const ca = await readFile(options.cafile ?? '', 'utf8');
  const base = `https://${options.host}:${options.port}/rest`;
  const authorization = `Basic ${Buffer.from(`${options.api_key_id}:${options.api_key_secret}`).toString('base64')}`;

  function send(method: string, address: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    return new Promise((resolve, reject) => {
      const sent = request(address, { method, ca, headers: { authorization, 'content-type': 'application/json' } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${address}: ${answer.statusCode} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  const session = await send('GET', `${base}/session`);
  const [org] = Array.isArray(session.orgs) ? session.orgs : [];
  return { post: (path, body) => send('POST', `${base}/orgs/${org.id}${path}`, body) };
}

function readOptions(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line.includes('=') && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
