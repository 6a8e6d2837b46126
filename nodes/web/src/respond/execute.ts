import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { webRespond } from './descriptor.ts';

const namePattern = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** They belong to the connection, or would let one answer pass for several. */
const refusedHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'trailer',
]);

export const executeRespond: Execute<typeof webRespond> = ({ config, message, services, emit, log }) => {
  const content: JsonValue = config.body === undefined ? message : config.body;
  const isText = typeof content === 'string';
  const contentType = config.contentType.trim() || (isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  const headers = { ...readHeaders(config.headers), 'content-type': readValue('contentType', contentType) };
  const isHeard = services.reply.respond({ status: config.status, headers, body: isText ? content : JSON.stringify(content) });
  if (!isHeard) log.warn('nobody waits for the answer: it was given before, took too long, or no request started this run');
  emit('out', message);
};

function readHeaders(written: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(written)) {
    const field = `headers.${name}`;
    if (!namePattern.test(name)) throw new WirebookError('NODE_INPUT_INVALID', `field "${field}": that is no name of a header`);
    const lower = name.toLowerCase();
    if (refusedHeaders.has(lower)) {
      throw new WirebookError('NODE_INPUT_INVALID', `field "${field}": this header belongs to the connection; leave it out`);
    }
    headers[lower] = readValue(field, value);
  }
  return headers;
}

function readValue(field: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new WirebookError('NODE_INPUT_INVALID', `field "${field}": the value has a line break or a character that no header may hold`);
}
