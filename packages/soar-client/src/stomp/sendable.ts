import { WirebookError } from '@wirebook/errors';
import type { BrokerSend } from '@wirebook/node-kit';

/**
 * NUL ends a frame and has no escape: in a header it would let what follows be read as another frame. STOMP 1.1 has no escape for a
 * carriage return either. Names are not escaped at all.
 *
 * @throws WirebookError SOAR_BAD_REQUEST
 */
export function assertSendable({ destination, headers }: BrokerSend): void {
  if (/[\0\r]/.test(destination)) throw notSendable('destination');
  for (const [name, value] of Object.entries(headers)) {
    if (/[\0\r]/.test(value) || !/^[\w.-]+$/.test(name)) throw notSendable(name);
  }
}

function notSendable(name: string): WirebookError {
  return new WirebookError('SOAR_BAD_REQUEST', `The header ${JSON.stringify(name)} of a SEND cannot be written into a STOMP frame.`);
}
