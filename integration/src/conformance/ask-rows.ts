import type { JsonValue } from '@wirebook/errors';
import { Agent, request } from 'undici';
import { type ConformanceRow, compareAnswer, fillIn, fillInText, findAt } from './conformance-rows.ts';

export interface AskedServer {
  /** Without `/rest`. */
  readonly url: string;
  readonly orgId: number;
  readonly apiKeyId: string;
  readonly apiKeySecret: string;
  /** PEM text; the system's certificates unless given. */
  readonly caPem?: string | undefined;
}

export interface RowOutcome {
  readonly row: ConformanceRow;
  /** What differs; empty where nothing does. */
  readonly differences: readonly string[];
}

/** Asks one row after the other, for later ones need what earlier ones kept. */
export async function* askRows(server: AskedServer, rows: readonly ConformanceRow[]): AsyncGenerator<RowOutcome> {
  const dispatcher = new Agent({ connect: server.caPem === undefined ? {} : { ca: server.caPem } });
  const kept = new Map<string, JsonValue>([['org', server.orgId]]);
  try {
    for (const row of rows) {
      const answer = await ask(server, { row, kept, dispatcher });
      const expected = { ...row.expect, ...(row.expect.match === undefined ? {} : { match: fillIn(row.expect.match, kept) }) };
      for (const [name, path] of Object.entries(row.keep ?? {})) kept.set(name, findAt(answer.body, path) ?? null);
      yield { row, differences: compareAnswer(expected, answer) };
    }
  } finally {
    await dispatcher.close();
  }
}

interface Asking {
  readonly row: ConformanceRow;
  readonly kept: ReadonlyMap<string, JsonValue>;
  readonly dispatcher: Agent;
}

async function ask(server: AskedServer, { row, kept, dispatcher }: Asking): Promise<{ status: number; body: JsonValue }> {
  const { method, path, absolute = false, credentials = true, body, upload } = row.request;
  const below = absolute ? '' : `/orgs/${server.orgId}`;
  const login = `Basic ${Buffer.from(`${server.apiKeyId}:${server.apiKeySecret}`).toString('base64')}`;
  const sent = upload === undefined ? toJson(body, kept) : toMultipart(upload);
  const answer = await request(`${server.url}/rest${below}${fillInText(path, kept)}`, {
    method,
    dispatcher,
    headers: { ...(credentials ? { authorization: login } : {}), 'content-type': sent.contentType },
    body: sent.text,
  });
  const text = await answer.body.text();
  try {
    return { status: answer.statusCode, body: JSON.parse(text) as JsonValue };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return { status: answer.statusCode, body: text };
  }
}

function toJson(body: JsonValue | undefined, kept: ReadonlyMap<string, JsonValue>) {
  return { contentType: 'application/json', text: body === undefined ? null : JSON.stringify(fillIn(body, kept)) };
}

function toMultipart({ name, contentType, text, parts = {} }: NonNullable<ConformanceRow['request']['upload']>) {
  const sent = [
    ...Object.entries(parts).map(([part, value]) => `name="${part}"\r\n\r\n${value}`),
    `name="file"; filename="${name}"\r\ncontent-type: ${contentType}\r\n\r\n${text}`,
  ].map((part) => `--conformance\r\ncontent-disposition: form-data; ${part}\r\n`);
  return { contentType: 'multipart/form-data; boundary=conformance', text: `${sent.join('')}--conformance--\r\n` };
}
