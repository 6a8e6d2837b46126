import { WirebookError } from '@wirebook/errors';
import type { HeldMessage } from './held-message.ts';

/** Error-ended processes that a message may be suspected of before it goes to the poison tray. */
const crashLimit = 3;

/** Why a message is not even read; undefined when nothing speaks against it. */
export function findRefusal({ entry, raw, deliveries }: HeldMessage): WirebookError | undefined {
  if (entry.crashes >= crashLimit) {
    const text = `message ${raw.messageId}: the engine ended ${entry.crashes} times while it ran this message`;
    return new WirebookError('ENGINE_MESSAGE_POISON', text);
  }
  const sizeBytes = deliveries[0]?.oversizeBytes;
  if (sizeBytes === undefined) return undefined;
  const text = `message ${raw.messageId} on "${raw.destination}" has ${sizeBytes} bytes: more than max_message_bytes of [wirebook], or more than 64 KiB of headers`;
  return new WirebookError('ENGINE_MESSAGE_TOO_LARGE', text);
}
