import { WirebookError } from '@wirebook/errors';
import type { OutgoingMessage } from '../broker/broker-port.ts';
import { isJsonObject, ownValue } from '../json-value.ts';

/**
 * Reads the body of `POST /messages`: a message exactly as it is to be put on a queue, however wrong.
 *
 * @throws WirebookError SIMULATOR_REQUEST_INVALID naming the key.
 */
export function parseRawMessage(body: unknown): OutgoingMessage {
  if (!isJsonObject(body)) throw invalid('the body has to be a JSON object');
  const destination = ownValue(body, 'destination');
  if (typeof destination !== 'string' || destination === '') throw invalid('"destination" has to be the name of a queue');
  const given = ownValue(body, 'headers') ?? {};
  if (!isJsonObject(given)) throw invalid('"headers" has to be an object of texts');
  const headers = Object.entries(given).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw invalid(`header "${name}" has to be a text`);
    return [name, value];
  });
  const encoded = ownValue(body, 'bodyBase64') ?? '';
  if (typeof encoded !== 'string') throw invalid('"bodyBase64" has to be a text in base64');
  return { destination, headers: Object.fromEntries(headers), body: Buffer.from(encoded, 'base64') };
}

function invalid(message: string): WirebookError {
  return new WirebookError('SIMULATOR_REQUEST_INVALID', message);
}
