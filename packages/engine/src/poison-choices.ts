import type { LedgerRunState, PoisonMessage, ReplyState } from './ports/ledger.ts';
import { findReplyAddress } from './read-trigger.ts';

/** What the ledger knows of a message in the poison tray; null once it forgot it. */
export interface PoisonEntry {
  readonly id: number;
  readonly runId: string;
  readonly flowId: string | null;
  readonly reply: ReplyState;
  readonly run: LedgerRunState;
  readonly isSettled: boolean;
}

export interface FoundPoison {
  readonly message: PoisonMessage;
  readonly entry: PoisonEntry | null;
}

/** Reads the tray. */
export interface PoisonSource {
  find(id: number): FoundPoison | null;
}

/** Whether something may be done, and what it would do, in words for people. */
export interface PoisonChoice {
  readonly isPossible: boolean;
  readonly text: string;
}

export interface PoisonChoices {
  readonly answer: PoisonChoice;
  readonly runAgain: PoisonChoice;
}

type Judged = Pick<FoundPoison, 'entry'> & { readonly code: string; readonly headers: Readonly<Record<string, string>> };

/** What may be decided about a message in the tray. To drop it is possible always: it is settled. */
export function findPoisonChoices(judged: Judged): PoisonChoices {
  const blocked = findBlock(judged.entry);
  return {
    answer: blocked ?? judgeAnswer(judged),
    runAgain: blocked ?? judgeRunAgain(judged),
  };
}

function findBlock(entry: PoisonEntry | null): PoisonChoice | null {
  if (entry === null)
    return no('The ledger no longer knows this message, so nobody can tell whether it was answered. It can only be dropped.');
  if (entry.run !== 'done') return no('A run of this message is not over.');
  if (!entry.isSettled) return no('The broker still holds this message; it is decided when it is settled.');
  return null;
}

function judgeAnswer({ entry, headers }: Judged): PoisonChoice {
  if (entry?.reply === 'confirmed') return no('The platform has its answer: a completing reply was confirmed.');
  if (entry?.reply === 'in-doubt')
    return no('A completing reply was sent and not confirmed. A second one could answer twice: look at Action Status on the platform.');
  if (findReplyAddress(headers) === null) return no('The message names no reply-to: there is no place to answer to.');
  return yes('The platform gets one error as the completing reply of this action.');
}

function judgeRunAgain({ entry, code }: Judged): PoisonChoice {
  if (code === 'ENGINE_MESSAGE_TOO_LARGE') return no('The body was over the limit and was not kept; there is nothing to run.');
  const steps = 'Writes that were finished before are not made again.';
  if (entry?.reply === 'confirmed')
    return yes(
      `It runs as a further attempt of its run. The platform has its answer already, so its completing reply is not sent. ${steps}`,
    );
  if (entry?.reply === 'in-doubt')
    return yes(
      `It runs as a further attempt of its run. The platform may have an answer already, so its completing reply is not sent. ${steps}`,
    );
  if (entry?.reply === 'not-needed') return yes(`It runs as a further attempt of its run, without a completing reply. ${steps}`);
  return yes(`It runs as a further attempt of its run, and its completing reply completes the action. ${steps}`);
}

function yes(text: string): PoisonChoice {
  return { isPossible: true, text };
}

function no(text: string): PoisonChoice {
  return { isPossible: false, text };
}
