import type { JsonValue } from '@wirebook/errors';
import { toReplyJson } from './reply-json.ts';

/** Values of `message_type` in a reply. */
export const messageTypes = { information: 0, error: 1, warning: 2 } as const;

export type MessageType = (typeof messageTypes)[keyof typeof messageTypes];

/** An interim reply: shown in Action Status, the invocation stays pending. */
export function statusReply(text: string): string {
  return toReplyJson({ message_type: messageTypes.information, message: text === '' ? '(No status)' : text, complete: false });
}

export interface ResultReply {
  /** What the workflow's post-process script sees; any JSON value. */
  readonly results: JsonValue;
  /** Shown in Action Status; `Completed` when absent or empty. */
  readonly text?: string | undefined;
}

/**
 * The completing reply of a function.
 *
 * @throws WirebookError ENGINE_REPLY_UNSERIALIZABLE, naming the path.
 */
export function resultReply({ results, text }: ResultReply): string {
  return toReplyJson({ message_type: messageTypes.information, message: text || 'Completed', complete: true, results });
}

/** The completing reply of something that failed: the invocation and the workflow end in error. */
export function errorReply(text: string): string {
  return toReplyJson({ message_type: messageTypes.error, message: text === '' ? 'Processing failed' : text, complete: true });
}

/** The completing reply of an action that has no results. */
export function acknowledgeReply(text: string): string {
  return toReplyJson({ message_type: messageTypes.information, message: text === '' ? 'Completed' : text, complete: true });
}
