import { describeBlame, type ErrorRecord, getErrorEntry, type WirebookError } from '@wirebook/errors';
import { acknowledgeReply, errorReply } from '@wirebook/soar';

/** What the platform gets when no node made a completing reply. */
export function toDefaultReply(error: WirebookError | ErrorRecord | null, redactText: (text: string) => string): string {
  if (error === null) return acknowledgeReply('Completed');
  return errorReply(redactText(`${error.message} (${error.code}: ${describeBlame(getErrorEntry(error.code).blame)})`));
}
