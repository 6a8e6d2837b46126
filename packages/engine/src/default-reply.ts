import type { ErrorRecord, WirebookError } from '@wirebook/errors';
import { acknowledgeReply, errorReply } from '@wirebook/soar';

/** What the platform gets when no node made a completing reply. */
export function toDefaultReply(error: WirebookError | ErrorRecord | null, redactText: (text: string) => string): string {
  return error === null ? acknowledgeReply('Completed') : errorReply(redactText(`${error.message} (${error.code})`));
}
