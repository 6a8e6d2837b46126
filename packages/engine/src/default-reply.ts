import { describeBlame, type ErrorRecord, getErrorEntry, type WirebookError } from '@wirebook/errors';
import { acknowledgeReply, errorReply, resultReply } from '@wirebook/soar';
import type { SavedReply } from './ports/ledger.ts';
import { findReplyAddress } from './read-trigger.ts';
import { toSavedReply } from './run-replies.ts';

/** What a source and app.config say of the replies that no node makes. */
export interface DefaultReplyPlan {
  /** Text after a success; "Completed" when null. */
  readonly defaultReply?: string | null;
  /** Text after an error, with `{{ message }}`, `{{ code }}`, `{{ class }}` and `{{ hint }}`; message, code and class when null. */
  readonly errorReply?: string | null;
  /** An error ends the action well, with results that tell it: `trap_exception` of app.config. */
  readonly trapsErrors?: boolean;
}

/** What the platform gets when no node made a completing reply. */
export function toDefaultReply(
  error: WirebookError | ErrorRecord | null,
  redactText: (text: string) => string,
  { defaultReply = null, errorReply: template = null, trapsErrors = false }: DefaultReplyPlan = {},
): string {
  if (error === null) return acknowledgeReply(defaultReply ?? 'Completed');
  const text = redactText(template === null ? describeError(error) : fillTemplate(template, error));
  if (!trapsErrors) return errorReply(text);
  return resultReply({ results: { success: false, reason: text }, text: `Failed, but trap_exception is set: ${text}` });
}

function describeError({ code, message }: WirebookError | ErrorRecord): string {
  return `${message} (${code}: ${describeBlame(getErrorEntry(code).blame)})`;
}

/** What is no name of a part stays as it is written; what comes from the error is not read again. */
function fillTemplate(template: string, { code, message }: WirebookError | ErrorRecord): string {
  const { blame, hint } = getErrorEntry(code);
  const parts = new Map<string, string>([
    ['message', message],
    ['code', code],
    ['class', describeBlame(blame)],
    ['hint', hint],
  ]);
  return template.replaceAll(/\{\{ *(\w+) *\}\}/g, (written: string, name: string) => parts.get(name) ?? written);
}

/** What the platform gets before the run begins, where the source completes on receipt; null without an address. */
export function toReceiptReply(headers: Readonly<Record<string, string>>): SavedReply | null {
  const address = findReplyAddress(headers);
  return address === null ? null : toSavedReply(address, acknowledgeReply('Received'));
}
