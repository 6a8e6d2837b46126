import type { ReplyView, RunView } from '@wirebook/trace';

/** A reply as the analyst sees it. */
export interface ReplyLine {
  readonly index: number;
  readonly reply: ReplyView;
  /** Words the analyst reads; the reply itself when it is no JSON with a message. */
  readonly text: string;
  /** Since the reply before, or since the run began. */
  readonly gapMs: number;
  readonly isFirst: boolean;
  readonly isCompleting: boolean;
}

export function listReplyLines({ replies, startedAtMs }: Pick<RunView, 'replies' | 'startedAtMs'>): readonly ReplyLine[] {
  return replies.map((reply, index) => ({
    index,
    reply,
    text: readReplyText(reply),
    gapMs: Math.max(0, reply.atMs - (replies[index - 1]?.atMs ?? startedAtMs)),
    isFirst: index === 0,
    isCompleting: reply.kind !== 'status',
  }));
}

/** Words the analyst reads. */
export function readReplyText({ text, fate }: ReplyView): string {
  if (fate === 'absorbed') return 'An earlier attempt had sent it; the analyst saw it once.';
  if (fate === 'unheard') return 'Not sent: nobody waits for a reply to what started this run.';
  try {
    const parsed: unknown = JSON.parse(text);
    const message: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'message') : undefined;
    return typeof message === 'string' && message !== '' ? message : text;
  } catch (notJson) {
    // A reply may be plain text.
    return notJson instanceof SyntaxError ? text : String(notJson);
  }
}
