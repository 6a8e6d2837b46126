import { WirebookError } from '@wirebook/errors';
import type { Completion, ReplyService, WebResponse } from '@wirebook/node-kit';

/** A reply service that records, and refuses a second completion as the engine does. */
export interface FakeReplies extends ReplyService {
  /** Texts of the interim replies, in order. */
  readonly statuses: readonly string[];
  /** What completed the action, or undefined. */
  readonly completion: Completion | undefined;
  /** What the HTTP request was answered with, in order. */
  readonly responses: readonly WebResponse[];
  /** Whether somebody waits for the next one; true at first. */
  isAwaited: boolean;
}

export interface FakeRepliesOptions {
  /** `never`: the message carries no reply-to, so any reply is refused. */
  readonly possible?: 'always' | 'never';
}

export function createFakeReplies(options: FakeRepliesOptions = {}): FakeReplies {
  const statuses: string[] = [];
  let completion: Completion | undefined;

  function refuseWhenImpossible(): void {
    if (options.possible === 'never') {
      throw new WirebookError('ENGINE_REPLY_NOT_POSSIBLE', 'the message of this run carries no reply-to, so no reply can be sent');
    }
  }

  const responses: WebResponse[] = [];
  const replies: FakeReplies = {
    statuses,
    responses,
    isAwaited: true,
    respond(response) {
      if (replies.isAwaited) responses.push(response);
      return replies.isAwaited;
    },
    get completion() {
      return completion;
    },
    async status(text) {
      refuseWhenImpossible();
      statuses.push(text);
    },
    complete(next) {
      refuseWhenImpossible();
      if (completion !== undefined) {
        throw new WirebookError(
          'ENGINE_REPLY_ALREADY_COMPLETED',
          `the action was completed before (${completion.kind}); ${next.kind} is refused`,
        );
      }
      completion = next;
    },
  };
  return replies;
}
